/** Trouble as banners: what happened and what to try, until dismissed; and the one that stays while the engine is gone. */
import { CloseButton } from '@mantine/core';
import { troubleText } from '../../electron/shared/trouble-text.ts';
import { useLanguage, useMessages } from '../i18n/messages.ts';
import { dismissNotice, useLab } from '../state/lab-store.ts';

export function Notices() {
  const notices = useLab((state) => state.notices);
  const language = useLanguage();
  const messages = useMessages();
  return (
    <div className="gs-notices">
      {notices.map(({ id, trouble }) => (
        <div className="gs-banner" role="alert" key={id} data-testid="trouble">
          <p>{troubleText(trouble, language)}</p>
          <CloseButton size="sm" aria-label={messages.dismiss} onClick={() => dismissNotice(id)} />
        </div>
      ))}
    </div>
  );
}

export function LostBanner() {
  const lost = useLab((state) => state.connection === 'lost');
  const messages = useMessages();
  if (!lost) return null;
  return (
    <div className="gs-lost" role="alert" data-testid="engine-lost">
      <strong>{messages.lost.title}</strong> {messages.lost.text}
    </div>
  );
}
