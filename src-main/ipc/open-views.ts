interface View {
  readonly userId: string
  readonly end: () => Promise<unknown>
}

/** What one page shows that others are told of. It ends with the page, and when another person or nobody works there. */
export class OpenViews {
  private readonly views = new Map<string, View>()

  open(viewId: string, view: View): void {
    this.views.set(viewId, view)
  }

  closed(viewId: string): void {
    this.views.delete(viewId)
  }

  /** @param userId who works there now; null: nobody */
  endAllBut(userId: string | null): void {
    for (const [viewId, view] of this.views) {
      if (view.userId === userId) continue
      this.views.delete(viewId)
      view.end().catch(() => undefined) // the database is away: the view ends by its silence
    }
  }
}
