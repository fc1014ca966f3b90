package lazaret.cli.hosting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply;
import lazaret.vetting.deskapi.hosting.PrivateImportReply.Outcome;
import lazaret.vetting.deskapi.hosting.PrivateImportRequest;

/// The import of archives through a desk, one at a time. A version that needs crates which are not
/// there yet is tried again after the others. Not thread-safe.
final class PrivateImportRun {
  private static final Comparator<Archive> ORDER =
      Comparator.comparing(Archive::name).thenComparing(Archive::version);

  private final Function<PrivateImportRequest, Reply<PrivateImportReply>> desk;
  private final String owner;
  private final boolean isDry;
  private final Map<Archive, Outcome> done = new LinkedHashMap<>();
  private final Map<Archive, List<String>> needs = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final SortedMap<String, Integer> registries = new TreeMap<>();

  /// Creates a run.
  ///
  /// @param desk imports one version
  /// @param owner the owner of the crates, a person or `group:` and a group
  /// @param isDry whether nothing is stored
  PrivateImportRun(
      Function<PrivateImportRequest, Reply<PrivateImportReply>> desk, String owner, boolean isDry) {
    this.desk = desk;
    this.owner = owner;
    this.isDry = isDry;
  }

  /// An archive of the folder.
  ///
  /// @param yanked whether its version is yanked there
  /// @param bytes reads the archive; it throws a [CliException] if that is impossible
  record Archive(CrateName name, CrateVersion version, boolean yanked, Supplier<Bytes> bytes) {}

  /// Imports archives.
  ///
  /// @param step called after each version
  /// @throws CliException `unknown` if the desk does not know the owner
  void take(List<Archive> archives, Runnable step) {
    List<Archive> pending = archives.stream().sorted(ORDER).toList();
    boolean moves = true;
    while (!pending.isEmpty() && moves) {
      List<Archive> waiting = new ArrayList<>();
      for (Archive each : pending) {
        if (isTaken(each)) {
          step.run();
        } else {
          waiting.add(each);
        }
      }
      moves = waiting.size() < pending.size();
      pending = waiting;
    }
    for (Archive each : pending) {
      refuse(each, ErrorCode.REFUSED_BY_POLICY, lacking(each));
      step.run();
    }
    requireNeeded();
  }

  /// Returns whether a version need not be tried again.
  private boolean isTaken(Archive each) {
    Reply<PrivateImportReply> reply;
    try {
      reply =
          desk.apply(
              new PrivateImportRequest(
                  each.name(), each.version(), owner, each.yanked(), isDry, each.bytes().get()));
    } catch (CliException e) {
      refuse(each, e.code(), String.valueOf(e.getMessage()));
      return true;
    }
    return switch (reply) {
      case Reply.Done<PrivateImportReply> replied -> {
        PrivateImportReply value = replied.value();
        needs.put(each, value.missing());
        if (value.outcome() == Outcome.WAITING) {
          yield false;
        }
        if (value.outcome() == Outcome.FOREIGN) {
          value.registries().forEach(address -> registries.merge(address, 1, Integer::sum));
          refuse(each, ErrorCode.REFUSED_BY_POLICY, String.valueOf(value.reason()));
        } else {
          done.put(each, value.outcome());
        }
        yield true;
      }
      case Reply.Refused<PrivateImportReply> refused -> {
        Problem first = refused.problems().getFirst();
        if (first.code() == ErrorCode.UNKNOWN) {
          // The owner, who is the same for each version.
          throw new CliException(first.code(), first.detail());
        }
        refuse(each, first.code(), first.detail());
        yield true;
      }
    };
  }

  /// Refuses the versions of a dry run whose needed crates are not among the others.
  private void requireNeeded() {
    List<Archive> lacking;
    do {
      Set<String> names =
          done.keySet().stream()
              .map(each -> each.name().published())
              .collect(Collectors.toUnmodifiableSet());
      lacking =
          done.keySet().stream()
              .filter(each -> !names.containsAll(needs.getOrDefault(each, List.of())))
              .toList();
      for (Archive each : lacking) {
        done.remove(each);
        refuse(each, ErrorCode.REFUSED_BY_POLICY, lacking(each));
      }
    } while (!lacking.isEmpty());
  }

  private String lacking(Archive archive) {
    return "it needs private crates that are neither here nor in the folder, or were refused: "
        + String.join(", ", needs.getOrDefault(archive, List.of()));
  }

  private void refuse(Archive archive, ErrorCode code, String detail) {
    refuse(new Problem(code, detail, archive.name().published(), archive.version().text(), null));
  }

  /// Records a file of the folder that cannot be imported.
  void refuse(Problem problem) {
    problems.add(problem);
  }

  /// Returns the number of versions with an outcome.
  long count(Outcome outcome) {
    return done.values().stream().filter(each -> each == outcome).count();
  }

  /// Returns the addresses of other registries in the dependencies of refused versions, each with
  /// the number of these versions.
  SortedMap<String, Integer> registries() {
    return Collections.unmodifiableSortedMap(registries);
  }

  /// Returns the refused versions and files.
  List<Problem> problems() {
    return List.copyOf(problems);
  }
}
