package lazaret.bench.evaluation;

/// One part of the page.
interface Section {
  /// Measures, and writes what was measured.
  void write(Page page);
}
