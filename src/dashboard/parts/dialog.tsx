import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

interface Question {
  title: string;
  text: string;
  /** What the button that does it says. */
  yes: string;
  /** It cannot be undone. */
  isDanger?: boolean;
}

const asked = signal<(Question & { answer: (yes: boolean) => void }) | null>(null);

/** Asks before something that matters; resolves to what was answered. */
export function confirm(question: Question): Promise<boolean> {
  const asker = document.activeElement;
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = null;
        resolve(yes);
        requestAnimationFrame(() => giveBackFocus(asker));
      },
    };
  });
}

/** The button that asked was disabled meanwhile; without this a keyboard would begin again at the end of the page. */
function giveBackFocus(asker: Element | null): void {
  if (document.activeElement === document.body && asker instanceof HTMLElement) asker.focus();
}

export function ConfirmDialog() {
  const question = asked.value;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (question) dialog.current?.showModal();
  }, [question]);
  if (!question) return null;
  const { title, text, yes, isDanger, answer } = question;
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" aria-describedby="confirm-text" onCancel={() => answer(false)}>
      <h2 id="confirm-title">{title}</h2>
      <p id="confirm-text">{text}</p>
      <div class="actions end">
        <button type="button" onClick={() => answer(false)}>
          Cancel
        </button>
        <button type="button" class={isDanger ? "danger" : "primary"} onClick={() => answer(true)}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
