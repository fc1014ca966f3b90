package lazaret.conformance.cases;

import java.util.ArrayList;
import java.util.List;

/// The cases of a group, while they are listed.
final class CaseList {
  private final List<ConformanceCase> all = new ArrayList<>();
  private String source;

  /// Creates an empty list.
  ///
  /// @param source the source of the first cases
  CaseList(String source) {
    this.source = source;
  }

  /// Names the source of the next cases.
  CaseList from(String next) {
    source = next;
    return this;
  }

  /// Adds a case.
  CaseList add(String id, String sentence, ConformanceCase.Check check) {
    all.add(new ConformanceCase(id, sentence, source, "", check));
    return this;
  }

  /// Makes the last case apply only to registries that declare something.
  ///
  /// @param declaration the key of the declaration, or `token:` and the name of a token
  CaseList needing(String declaration) {
    all.add(all.removeLast().needing(declaration));
    return this;
  }

  /// Returns the cases.
  List<ConformanceCase> all() {
    return List.copyOf(all);
  }
}
