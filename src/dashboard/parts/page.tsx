import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { route } from "../navigation";

interface PageProps {
  title: string;
  /** The title is a row's erp_id. */
  isKey?: boolean;
  /** What stands before the title: where one came from. */
  back?: { href: string; label: string };
  badge?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A browser begins at the top of what it has just loaded, and so do the links that lead past the top. */
let isFirst = true;

/** One page: its heading gets the focus when one comes to it, so that a keyboard and a screen reader begin there. */
export function Page({ title, isKey = false, back, badge, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = route.value.path.join("/");
  useEffect(() => {
    document.title = `${title} · ERP sync`;
  }, [title]);
  // Another path is another page, though the component stays.
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
    scrollTo(0, 0);
  }, [path]);
  return (
    <>
      <div class="page-head">
        <div>
          {back && (
            <a class="back" href={back.href}>
              ‹ {back.label}
            </a>
          )}
          <div class="page-title">
            <h1 ref={heading} tabIndex={-1} class={isKey ? "mono" : undefined}>
              {title}
            </h1>
            {badge}
          </div>
        </div>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </>
  );
}
