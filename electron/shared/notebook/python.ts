/**
 * The notebook's Python, which needs NumPy and Matplotlib alone. Its statistics are those of `statistics.ts` and
 * `paired-ratio.ts`, drawn from the same generator with the same seed, so that its intervals are ours to the last digits.
 */

export const STATISTICS = `import numpy as np

SEED, RESAMPLES, TAIL = 20260701, 2000, 0.025


def uniform(count):
    """mulberry32 in [0, 1)."""
    with np.errstate(over="ignore"):
        state = np.uint32(SEED) + np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5)
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed = (mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))) ^ mixed
        return (mixed ^ (mixed >> np.uint32(14))) / 2.0**32


def by_round(samples):
    """Seconds per step of each round: rounds are independent, the samples of one round are not."""
    rounds = sorted(set(samples["round"]))
    number, steps, seconds = (np.array(samples[name]) for name in ("round", "steps", "seconds"))
    return {r: seconds[number == r].sum() / steps[number == r].sum() for r in rounds}


def medians(values, draws):
    """Medians of resamples, a row of draws for each."""
    values, n = np.sort(values), len(values)
    drawn = np.sort(values[np.floor(draws * n).astype(int)], axis=1)
    low, high = drawn[:, (n - 1) // 2], drawn[:, n // 2]
    return low + (high - low) / 2


def percentiles(estimate, draws):
    draws, cut = np.sort(draws), int(TAIL * RESAMPLES)
    return estimate, min(draws[cut], estimate), max(draws[RESAMPLES - 1 - cut], estimate)


def median_interval(values):
    """Median over rounds, with its 95 % percentile-bootstrap interval."""
    values = np.array(values, dtype=float)
    draws = uniform(RESAMPLES * len(values)).reshape(RESAMPLES, -1)
    return percentiles(float(np.median(values)), medians(values, draws))


def unpaired_ratio(of, over):
    """Of medians, for runs that have no round in common."""
    of, over = np.array(list(of)), np.array(list(over))
    draws = uniform(RESAMPLES * (len(of) + len(over))).reshape(RESAMPLES, -1)
    ratios = medians(of, draws[:, : len(of)]) / medians(over, draws[:, len(of) :])
    return percentiles(float(np.median(of) / np.median(over)), ratios)


def signed_rank_bound(n):
    """The largest sum of ranks that Wilcoxon's signed-rank test still rejects at 2.5 %; -1 where none does."""
    if n > 40:
        return int(np.floor(n * (n + 1) / 4 - 1.96 * np.sqrt(n * (n + 1) * (2 * n + 1) / 24) - 0.5))
    ways = [1]
    for rank in range(1, n + 1):
        ways = [(ways[s] if s < len(ways) else 0) + (ways[s - rank] if s >= rank else 0) for s in range(len(ways) + rank)]
    rejected, bound = 0, -1
    for total, count in enumerate(ways):
        rejected += count
        if rejected > TAIL * 2**n:
            return total - 1
    return bound


STUDENT = {3: 4.303, 4: 3.182, 5: 2.776}


def paired_ratio(of, over):
    """Within one run, round by round: Hodges and Lehmann's centre, with the interval of signed ranks, or Student's of few rounds."""
    logs = np.log([of[r] / over[r] for r in of if r in over])
    n = len(logs)
    first, second = np.triu_indices(n)
    means = np.sort((logs[first] + logs[second]) / 2)
    centre, bound = float(np.median(means)), signed_rank_bound(n)
    if bound >= 0:
        low, high = means[bound], means[-1 - bound]
    elif n < 3:
        low, high = means[0], means[-1]
    else:
        half = STUDENT[n] * logs.std(ddof=1) / np.sqrt(n)
        low, high = min(centre, logs.mean() - half), max(centre, logs.mean() + half)
    return tuple(float(np.exp(value)) for value in (centre, low, high))


def rates(key):
    samples = DATA["samples"][key]
    return {r: samples["cells"] / seconds for r, seconds in by_round(samples).items()}


def interval(value):
    """Median, low and high end of a value, from the samples."""
    if "given" in value:
        return (value["given"],) * 3
    if "medianOf" in value:
        return median_interval(value["medianOf"])
    if "time" in value:
        return median_interval(list(by_round(DATA["samples"][value["time"]]).values()))
    if "rate" in value:
        samples = DATA["samples"][value["rate"]]
        median, low, high = median_interval(list(by_round(samples).values()))
        work = samples["cells"] * value.get("factor", 1)
        return work / median, work / high, work / low
    of, over = value["ratio"]
    same_run = DATA["samples"][of]["run"] == DATA["samples"][over]["run"]
    ratio = paired_ratio(rates(of), rates(over)) if same_run else unpaired_ratio(rates(of).values(), rates(over).values())
    return tuple(part * value["factor"] for part in ratio)


def values(drawing):
    """Every computed value of the figure with its label, in its order."""
    if drawing["kind"] == "lines":
        return [(series["label"], point["value"]) for series in drawing["series"] for point in series["points"]]
    if drawing["kind"] == "heat-map":
        return [(f'{drawing["x"][cell["x"]]}, {drawing["y"][cell["y"]]}', cell["value"]) for cell in drawing["cells"]]
    return [(row["label"], row["value"]) for row in drawing.get("rows", drawing.get("series", [])) if row["value"]]


RESULTS = [(label, *interval(value)) for label, value in values(DATA["drawing"])]
for label, median, low, high in RESULTS:
    print(f"{label:40s} {median:.6g} ({low:.6g}, {high:.6g})")
`;

export const FIGURE = `import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm

MARKERS = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^", "cross": "X", "plus": "P", "star": "*", "wye": "1"}
INTERVALS = iter(RESULTS)
DRAWING = DATA["drawing"]


def dash(row):
    return (0, row["dash"]) if row["dash"] else "-"


def face(row, solid):
    return row["color"] if solid or row["marker"] == "wye" else "white"


def prepare(axis, data):
    getattr(axis.axes, f"set_{axis.axis_name}scale")("log" if data["log"] else "linear")
    axis.set_label_text(data["title"])
    axis.set_ticks([tick for tick, _ in data["ticks"]], [label for _, label in data["ticks"]])
    axis.set_ticks([], minor=True)
    getattr(axis.axes, f"set_{axis.axis_name}lim")(data["domain"])


def bar(ax, row, place, found):
    median, low, high = found
    ax.plot([low, high], [place, place], color=row["color"], linewidth=3, solid_capstyle="butt")
    ax.plot([low, high], [place, place], "|", color="black", markersize=6)
    ax.plot(median, place, "|", color="black", markersize=11, markeredgewidth=2)


def draw_rows(ax):
    over = DRAWING["over"]
    for at, row in enumerate(DRAWING["rows"]):
        samples = DATA["samples"][row["of"]]
        rate = samples["cells"] * np.array(samples["steps"]) / np.array(samples["seconds"])
        if over:
            rate = rate / DATA["samples"][over]["cells"] * np.median(list(by_round(DATA["samples"][over]).values()))
        if not over or row["value"]:
            # The first sample at the top.
            places = at - 0.15 + (np.linspace(-0.2, 0.2, len(rate)) if len(rate) > 1 else np.zeros(len(rate)))
            ax.plot(rate, places, MARKERS[row["marker"]], color=row["color"], markersize=3, markerfacecolor=face(row, row["solid"]), alpha=0.6)
            slowed = np.array(samples["slowed"], dtype=bool)
            ax.plot(rate[slowed], places[slowed], "x", color="black", markersize=5, markeredgewidth=0.8)
        if row["value"]:
            bar(ax, row, at + 0.25, next(INTERVALS)[1:])
    prepare(ax.xaxis, DRAWING["axis"])
    ax.set_yticks(range(len(DRAWING["rows"])), [row["label"] for row in DRAWING["rows"]])
    ax.invert_yaxis()


def draw_lines(ax):
    for series in DRAWING["series"]:
        found = [next(INTERVALS)[1:] for _ in series["points"]]
        joined = [(point["x"], y[0]) for point, y in zip(series["points"], found) if point["joined"]]
        ax.plot(*zip(*joined) if joined else ([], []), color=series["color"], linestyle=dash(series), marker=MARKERS[series["marker"]], label=series["label"])
        for point, (median, low, high) in zip(series["points"], found):
            ax.plot([point["x"]] * 2, [low, high], "_-", color=series["color"])
            ax.plot(point["x"], median, MARKERS[series["marker"]], color=series["color"], markerfacecolor=face(series, point["solid"]))
    for guide in DRAWING["guides"]:
        ax.plot(guide["x"], guide["y"], color=guide["color"], linestyle=dash(guide), linewidth=guide["width"], label=guide["label"])
    prepare(ax.xaxis, DRAWING["x"])
    prepare(ax.yaxis, DRAWING["y"])
    ax.tick_params(axis="x", labelrotation=45 if len(DRAWING["x"]["ticks"]) > 6 else 0)
    if DRAWING["series"] or DRAWING["guides"]:
        ax.legend(fontsize="small")


def draw_heat_map(ax):
    shape = (len(DRAWING["y"]), len(DRAWING["x"]))
    shown, hatched = np.full(shape, np.nan), []
    for cell in DRAWING["cells"]:
        rate = next(INTERVALS)[1]
        if cell["solid"]:
            shown[cell["y"], cell["x"]] = rate
        else:
            hatched.append(cell)
        ax.annotate(f"{rate / 1e6:.4g}", (cell["x"], cell["y"]), ha="center", va="center", bbox={"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 1})
    if not np.all(np.isnan(shown)):
        image = ax.imshow(shown, origin="lower", aspect="auto", cmap="cividis", norm=LogNorm() if np.nanmin(shown) < np.nanmax(shown) else None)
        ax.figure.colorbar(image, ax=ax, label=DRAWING["shade"], format=lambda value, _: f"{value / 1e6:.4g}").minorticks_off()
    for cell in hatched:
        ax.add_patch(plt.Rectangle((cell["x"] - 0.5, cell["y"] - 0.5), 1, 1, fill=False, hatch="///", edgecolor="gray"))
    ax.set_xlim(-0.5, shape[1] - 0.5)
    ax.set_ylim(-0.5, shape[0] - 0.5)
    ax.set_xticks(range(shape[1]), DRAWING["x"])
    ax.set_yticks(range(shape[0]), DRAWING["y"])
    ax.set_xlabel(DRAWING["xTitle"])
    ax.set_ylabel(DRAWING["yTitle"])


def draw_histogram(axes):
    edges = np.geomspace(*DRAWING["x"]["domain"], DRAWING["bins"] + 1)
    for ax, series in zip(axes, DRAWING["series"]):
        samples = DATA["samples"][series["of"]]
        times = np.clip(np.array(samples["seconds"]) / np.array(samples["steps"]), edges[0], edges[-1])
        ax.hist(times, bins=edges, color=face(series, series["solid"]), edgecolor=series["color"])
        ax.axhline(0, color="gray", linewidth=0.8)
        bar(ax, series, -0.12 * max(1, ax.get_ylim()[1]), next(INTERVALS)[1:])
        ax.plot(times.min(), 0, "^", color="black", markersize=5)
        ax.set_title(series["label"], loc="left", fontsize="small")
        prepare(ax.xaxis, DRAWING["x"])
        ax.set_ylabel(DRAWING["yTitle"])
        ax.label_outer()


def draw_bars(ax):
    for at, row in enumerate(DRAWING["rows"]):
        median, low, high = next(INTERVALS)[1:]
        ax.barh(at, median, height=0.6, color=row["color"] if row["solid"] else "white", edgecolor=row["color"])
        ax.errorbar(median, at, xerr=[[median - low], [high - median]], color="black", capsize=4)
    prepare(ax.xaxis, DRAWING["axis"])
    ax.set_yticks(range(len(DRAWING["rows"])), [row["label"] for row in DRAWING["rows"]])
    ax.invert_yaxis()


def draw_timeline(ax):
    kinds = sorted({span["what"] for lane in DRAWING["lanes"] for span in lane["spans"]})
    for at, lane in enumerate(DRAWING["lanes"]):
        for span in lane["spans"]:
            shade = kinds.index(span["what"]) / max(1, len(kinds))
            ax.barh(at, span["to"] - span["from"], left=span["from"], height=0.6, color=plt.cm.cividis(shade), edgecolor="black", linewidth=0.4)
    for kind in kinds:
        ax.barh(0, 0, color=plt.cm.cividis(kinds.index(kind) / max(1, len(kinds))), label=kind)
    prepare(ax.xaxis, DRAWING["x"])
    ax.set_yticks(range(len(DRAWING["lanes"])), [lane["label"] for lane in DRAWING["lanes"]])
    ax.invert_yaxis()
    ax.legend(fontsize="small")


HEIGHTS = {"rows": 0.45 * len(DRAWING.get("rows", [])), "bars": 0.45 * len(DRAWING.get("rows", [])), "histogram": 1.1 * len(DRAWING.get("series", [])), "timeline": 0.5 * len(DRAWING.get("lanes", []))}
width = min(10, max(6.3, DATA["widthMm"] / 25.4))
stacked = max(1, len(DRAWING["series"])) if DRAWING["kind"] == "histogram" else 1
figure, axes = plt.subplots(stacked, squeeze=False, sharex=stacked > 1, layout="constrained", figsize=(width, max(3, 1.5 + HEIGHTS.get(DRAWING["kind"], 2.5))))
figure.suptitle(DATA["title"])
if DRAWING["kind"] == "histogram":
    draw_histogram(axes[:, 0])
else:
    {"rows": draw_rows, "bars": draw_bars, "lines": draw_lines, "heat-map": draw_heat_map, "timeline": draw_timeline}[DRAWING["kind"]](axes[0, 0])
plt.show()
`;
