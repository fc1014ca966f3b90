package lazaret.bench.evaluation;

/// One part of the page.
interface Section {
  /// Measures the part and writes the result.
  void write(Page page);
}
