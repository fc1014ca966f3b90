package lazaret.conformance.cases;

import java.util.List;
import java.util.stream.Stream;

/// All cases of the suite.
public final class CaseTable {
  private CaseTable() {}

  /// Returns all cases, by group.
  public static List<ConformanceCase> all() {
    return Stream.of(
            AuthorizationCases.list(),
            BasicCases.list(),
            DependencyCases.list(),
            ManifestCases.list(),
            NameCases.list(),
            ArchiveCases.list(),
            ChangeCases.list(),
            WorkloadCases.list(),
            CargoCases.list(),
            ConcurrencyCases.list())
        .flatMap(List::stream)
        .toList();
  }
}
