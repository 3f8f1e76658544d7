/** What the reader must know before comparing, under a chart; screen readers have it with the chart's label. */
export function ChartNotices({ notices }: { readonly notices: readonly string[] }) {
  return notices.map((notice) => (
    <figcaption key={notice} className="gs-notice gs-small" aria-hidden="true">
      {notice}
    </figcaption>
  ));
}
