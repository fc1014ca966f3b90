package lazaret.git;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileService;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.ledger.Notice;

/// The decisions of persons on Git sources. A decision counts for the packages that a source has at
/// that moment. Thread-safe; blocks.
final class GitSourceDecisions {
  /// The number of packages that a notice names.
  private static final int MAX_NAMED = 20;

  private final GateContext parts;
  private final SiteFileService files;

  GitSourceDecisions(GateContext parts, SiteFileService files) {
    this.parts = parts;
    this.files = files;
  }

  /// Records a decision.
  ///
  /// @param by the person
  /// @throws ProblemException `unknown` if there is no such source, `stale` if it has another tree,
  ///   or was fetched or decided on since the person saw it
  GitSource decide(GitSourceService.Order order, String by) {
    return parts
        .store()
        .serially(
            WriteScope.SITE,
            () -> {
              GitSource source = present(order.key(), order.treeHash(), "decide");
              checkSeen(source, order.seen());
              GitSource decided =
                  source.decided(
                      order.approved() ? GitSourceState.APPROVED : GitSourceState.DENIED,
                      new GitSource.Decided(by, parts.clock().instant(), order.reason()));
              String what = order.approved() ? "approved" : "denied";
              parts
                  .store()
                  .commit(
                      Batch.synced(
                          List.of(
                              new Write.PutDeskRow(GitSourceCodec.row(decided)),
                              notice(decided, by, what + " (" + order.reason() + ")"))));
              return decided;
            });
  }

  /// Removes a source that waits, or the tree of one that was denied, which stays denied.
  ///
  /// @param by the person
  /// @return the source as it was
  /// @throws ProblemException `unknown` if there is no such source, `stale` if it has another tree,
  ///   `refused-by-policy` if it is approved
  GitSource remove(GitSourceService.Removal removal, String by) {
    return parts
        .store()
        .serially(
            WriteScope.SITE,
            () -> {
              GitSource source = present(removal.key(), removal.treeHash(), "remove");
              if (source.state() == GitSourceState.APPROVED) {
                throw new ProblemException(
                    ErrorCode.REFUSED_BY_POLICY,
                    "cannot remove %s: expected a source that waits or was denied, found an approved one; deny it first"
                        .formatted(source.commit()));
              }
              List<Write> writes = new ArrayList<>();
              if (source.state() == GitSourceState.WAITING) {
                writes.add(new Write.DropDeskRow(DeskTable.GIT_SOURCES, source.key()));
              }
              if (!isNeededByOthers(source)) {
                files
                    .find(SiteFileCollection.GIT, source.path())
                    .ifPresent(row -> writes.add(files.drop(row)));
              }
              writes.add(notice(source, by, "removed (" + removal.reason() + ")"));
              parts.store().commit(Batch.synced(writes));
              return source;
            });
  }

  /// Returns whether another name of the commit has the same tree.
  private boolean isNeededByOthers(GitSource source) {
    try (Stream<DeskRow> rows = parts.store().deskRows().list(DeskTable.GIT_SOURCES, "")) {
      return rows.filter(row -> !row.key().equals(source.key()))
          .map(row -> GitSourceCodec.decode(row.value()))
          .filter(other -> other.state() != GitSourceState.DENIED)
          .anyMatch(other -> other.path().equals(source.path()));
    }
  }

  /// Returns a stored source with the tree that a person saw.
  private GitSource present(Sha256 key, Sha256 treeHash, String verb) {
    GitSource source =
        parts
            .store()
            .deskRows()
            .find(DeskTable.GIT_SOURCES, key.hex())
            .map(GitSourceCodec::decode)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNKNOWN,
                        "cannot %s: there is no such Git source".formatted(verb)));
    if (!source.treeHash().equals(treeHash)) {
      throw new ProblemException(
          ErrorCode.STALE,
          "cannot %s: expected the tree %s, found %s; read the present one and %s again"
              .formatted(verb, source.treeHash(), treeHash, verb));
    }
    return source;
  }

  private static void checkSeen(GitSource source, GitSourceService.Seen seen) {
    if (!source.fetched().equals(seen.fetched())) {
      throw new ProblemException(
          ErrorCode.STALE,
          "cannot decide: expected the packages of the fetch at %s, found those of %s; read them"
                  .formatted(seen.fetched(), source.fetched())
              + " and decide again");
    }
    GitSource.Decided last = source.decision();
    Instant at = last == null ? null : last.at();
    if (!Objects.equals(at, seen.decision())) {
      throw new ProblemException(
          ErrorCode.STALE,
          "cannot decide: expected %s, found %s; read it and decide again"
              .formatted(
                  seen.decision() == null ? "no decision" : "the decision of " + seen.decision(),
                  last == null ? "none" : "one by %s of %s".formatted(last.by(), last.at())));
    }
  }

  /// Returns the notice about a source with its packages.
  Write notice(GitSource source, String by, String what) {
    String named =
        source.packages().stream()
            .limit(MAX_NAMED)
            .map(GitSourceDecisions::text)
            .collect(Collectors.joining(", "));
    int more = source.packages().size() - MAX_NAMED;
    return new Write.Append(
        new Notice(
            Notice.Kind.GIT_SOURCE_ADMITTED,
            parts.clock().instant(),
            by,
            null,
            null,
            "git source %s: %s#%s, tree %s, packages %s%s"
                .formatted(
                    what,
                    source.url(),
                    source.commit(),
                    source.treeHash(),
                    named,
                    more > 0 ? " and %d more".formatted(more) : "")));
  }

  private static String text(GitSourcePackage each) {
    return each.name() + " " + each.version();
  }
}
