package lazaret.conformance;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lazaret.conformance.cases.CaseContext;
import lazaret.conformance.cases.CaseException;
import lazaret.conformance.cases.CaseTable;
import lazaret.conformance.cases.ConformanceCase;

/// A run of the suite. The cases run one after another, each with new names.
public final class ConformanceRun {
  private final CaseContext context;

  /// Creates a run.
  public ConformanceRun(CaseContext context) {
    this.context = context;
  }

  /// Runs cases.
  ///
  /// @param groups the letters of the groups; empty for all
  /// @param progress receives each result
  /// @throws IllegalStateException if the registry does not answer any more
  public List<CaseResult> run(Set<String> groups, Consumer<CaseResult> progress) {
    return CaseTable.all().stream()
        .filter(each -> groups.isEmpty() || groups.contains(each.group()))
        .map(this::run)
        .peek(progress)
        .toList();
  }

  private CaseResult run(ConformanceCase tested) {
    if (!tested.needs().isEmpty() && !context.has(tested.needs())) {
      return CaseResult.of(tested, CaseResult.Kind.NOT_DECLARED);
    }
    try {
      tested.check().run(context);
      return CaseResult.of(tested, CaseResult.Kind.PASSED);
    } catch (CaseException e) {
      return new CaseResult(tested, CaseResult.Kind.FAILED, e.expected(), e.found());
    } catch (UncheckedIOException e) {
      // Otherwise each of the other cases would wait for its time limit.
      if (!context.answers()) {
        throw new IllegalStateException(
            "expected an answer of the registry in case %s, found %s; run again when it is reachable"
                .formatted(tested.id(), e.getMessage()),
            e);
      }
      return new CaseResult(tested, CaseResult.Kind.FAILED, "an answer", e.toString());
    } catch (RuntimeException e) {
      return new CaseResult(tested, CaseResult.Kind.FAILED, "an answer", e.toString());
    }
  }
}
