package lazaret.vetting.desk.api;

import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.lockfiles.ClosureQuery;
import lazaret.vetting.desk.lockfiles.ClosureReport;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.lockfiles.ClosureReply;
import lazaret.vetting.deskapi.lockfiles.ClosureRequest;

/// The operation on the requirements of versions.
final class ClosureHandlers {
  private final Desk desk;

  ClosureHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(LockfileOperations.CLOSURE, this::closure);
  }

  private ClosureReply closure(ClosureRequest request, Caller caller) {
    ClosureReport report =
        desk.closure(order(request, caller))
            .orElseThrow(
                () ->
                    new ProblemException(
                        ErrorCode.UNKNOWN,
                        "there is no '%s' in the index".formatted(request.spec())));
    return new ClosureReply(
        report.holds(),
        report.complete(),
        report.versions(),
        report.requirements(),
        report.withheld().stream().map(LockfileInfos::match).toList(),
        report.unmet().stream().map(LockfileInfos::unmet).toList(),
        report.approve(),
        report.prune(),
        Infos.feedWarnings(desk));
  }

  private ClosureQuery order(ClosureRequest request, Caller caller) {
    CrateSpec spec = request.spec();
    String lockfile = request.lockfile();
    long named =
        Stream.of(spec != null, lockfile != null, request.everything()).filter(b -> b).count();
    if (named != 1) {
      throw new MalformedException(
          "cannot read the request: expected one of `spec`, `lockfile` and `everything`, found "
              + named);
    }
    if (lockfile != null) {
      return new ClosureQuery.Locked(
          SubmittedLockfile.read(desk, caller, lockfile, request.lockfileName()));
    }
    if (spec == null) {
      return new ClosureQuery.Everything();
    }
    if (spec.req() != null) {
      throw new MalformedException(
          "cannot check the requirements of '%s': expected one version or none, found a requirement; name %s@1.2.3 or %s"
              .formatted(spec, spec.name(), spec.name()));
    }
    return new ClosureQuery.Of(spec.name(), spec.version());
  }
}
