package lazaret.git;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.desk.api.HandlerSource;
import lazaret.vetting.desk.api.HandlerTable;
import lazaret.vetting.desk.api.ProblemException;
import lazaret.vetting.deskapi.Access;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceAdmitReply;
import lazaret.vetting.deskapi.site.GitSourceAdmitRequest;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceRefusalInfo;
import lazaret.vetting.deskapi.site.GitSourceRemovalRequest;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourceTreeReply;
import lazaret.vetting.deskapi.site.GitSourceTreeRequest;
import lazaret.vetting.deskapi.site.GitSourcesReply;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourcePackage;
import lazaret.vetting.gitsource.GitSourceState;
import lazaret.vetting.lockfile.Lockfile;

/// The handlers of the operations on Git sources.
public final class GitSourceHandlers implements HandlerSource {
  private static final int MAX_REASON = 2_000;

  /// The size of a part of a tree. It is in heap once as bytes and once as text.
  private static final int PART = 4 << 20;

  private final GitSourceService service;

  /// Creates the handlers.
  public GitSourceHandlers(GitSourceService service) {
    this.service = service;
  }

  @Override
  public void addTo(HandlerTable handlers) {
    handlers.add(
        GitSourceOperations.GIT_SOURCES,
        (_, _) ->
            new GitSourcesReply(service.sources().stream().map(GitSourceHandlers::info).toList()));
    handlers.add(GitSourceOperations.ADMIT_GIT_SOURCES, this::admit);
    handlers.add(GitSourceOperations.DECIDE_GIT_SOURCE, this::decide);
    handlers.add(GitSourceOperations.REMOVE_GIT_SOURCE, this::remove);
    handlers.add(GitSourceOperations.GIT_SOURCE_TREE, this::tree);
  }

  private GitSourceAdmitReply admit(GitSourceAdmitRequest request, Caller caller) {
    List<GitSourceInfo> sources = new ArrayList<>();
    List<GitSourceRefusalInfo> refused = new ArrayList<>();
    Lockfile lockfile = Lockfile.parse(request.lockfile());
    for (GitSourceService.Admission each : service.admit(lockfile, caller.owner())) {
      GitSource source = each.source();
      if (source == null) {
        refused.add(new GitSourceRefusalInfo(each.url(), each.commit(), each.refusal()));
      } else {
        sources.add(info(source));
      }
    }
    return new GitSourceAdmitReply(sources, refused);
  }

  GitSourceInfo decide(GitSourceDecisionRequest request, Caller caller) {
    GitSource source = reviewed(request.key(), caller, "decide");
    String reason = request.reason();
    requireReason(reason, "decide");
    Instant fetched = request.seenFetched();
    // Without the caller's statement, the packages on which the right was checked count.
    GitSourceService.Seen seen =
        fetched == null
            ? GitSourceService.Seen.of(source)
            : new GitSourceService.Seen(fetched, request.seenDecision());
    return info(
        service.decide(
            new GitSourceService.Order(
                request.key(), request.treeHash(), request.approved(), reason, seen),
            caller.owner()));
  }

  GitSourceInfo remove(GitSourceRemovalRequest request, Caller caller) {
    GitSource _ = reviewed(request.key(), caller, "remove");
    requireReason(request.reason(), "remove");
    return info(
        service.remove(
            new GitSourceService.Removal(request.key(), request.treeHash(), request.reason()),
            caller.owner()));
  }

  /// Returns a source on which the caller may decide.
  private GitSource reviewed(Sha256 key, Caller caller, String verb) {
    GitSource source = present(key, verb);
    requireReview(source, caller);
    return source;
  }

  private GitSource present(Sha256 key, String verb) {
    return service
        .find(key)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.UNKNOWN, "cannot %s: there is no such Git source".formatted(verb)));
  }

  private static void requireReason(String reason, String verb) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new MalformedException(
          "cannot %s: expected 1 to %d characters as `reason`, found %d"
              .formatted(verb, MAX_REASON, reason.strip().length()));
    }
  }

  /// Requires that a reviewer of some crates may decide on each package of a source.
  private static void requireReview(GitSource source, Caller caller) {
    for (GitSourcePackage each : source.packages()) {
      CrateName name = CrateName.parse(each.name());
      if (!caller.reviews(name)) {
        throw new ProblemException(
            List.of(caller.lacksReview(name, CrateVersion.parse(each.version()))), null);
      }
    }
  }

  GitSourceTreeReply tree(GitSourceTreeRequest request, Caller caller) {
    GitSource source = present(request.key(), "read the tree");
    requireReadable(source, caller);
    Long asked = request.from();
    long from = asked == null ? 0 : asked;
    if (from < 0 || from > source.bytes()) {
      throw new MalformedException(
          "cannot read the tree: expected `from` up to %d, found %d"
              .formatted(source.bytes(), from));
    }
    try (InputStream in = service.open(source, from)) {
      return new GitSourceTreeReply(Bytes.of(in.readNBytes(PART)), source.bytes());
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED, "cannot read the tree: " + e.getMessage(), e);
    }
  }

  /// Requires that a caller may have the bytes of a source: builds get approved ones alone.
  private static void requireReadable(GitSource source, Caller caller) {
    if (source.state() != GitSourceState.APPROVED && !caller.may(Access.INSPECT)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "cannot read the tree: expected an approved source, or the role reviewer, found a source that %s; ask a reviewer"
              .formatted(
                  source.state() == GitSourceState.DENIED ? "was denied" : "waits for a decision"));
    }
  }

  private static GitSourceInfo info(GitSource source) {
    GitSource.Decided decision = source.decision();
    return new GitSourceInfo(
        Sha256.parse(source.key()),
        source.url(),
        source.commit(),
        source.treeHash(),
        source.bytes(),
        source.packages().stream()
            .map(
                each ->
                    new GitSourcePackageInfo(
                        each.name(), each.version(), each.folder(), each.archive(), each.signals()))
            .toList(),
        switch (source.state()) {
          case WAITING -> GitSourceStatus.WAITING;
          case APPROVED -> GitSourceStatus.APPROVED;
          case DENIED -> GitSourceStatus.DENIED;
        },
        source.fetched(),
        source.by(),
        decision == null ? null : decision.by(),
        decision == null ? null : decision.at(),
        decision == null ? null : decision.reason());
  }
}
