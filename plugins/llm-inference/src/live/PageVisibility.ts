/** Whether somebody can see this browser tab. */
export interface PageVisibility {
  hidden(): boolean;
  onChange(listener: () => void): void;
}

/** The visibility of the browser's own document. */
export const documentVisibility: PageVisibility = {
  hidden: () => document.hidden,
  onChange: listener => document.addEventListener('visibilitychange', listener),
};
