package lazaret.bench.evaluation;

/// One part of the page.
interface PageSection {
  /// Measures the part and writes the result.
  void write(MarkdownPage page);
}
