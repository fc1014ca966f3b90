package lazaret.vetting.desk.api;

import java.util.List;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.lockfiles.LockfileReport;
import lazaret.vetting.desk.lockfiles.ReadingList;
import lazaret.vetting.deskapi.LockfileOperations;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.lockfiles.LockfilePackageInfo;
import lazaret.vetting.deskapi.lockfiles.PackageStatus;
import lazaret.vetting.deskapi.lockfiles.ReadingListReply;
import lazaret.vetting.deskapi.lockfiles.ReadingListRequest;
import lazaret.vetting.deskapi.lockfiles.VerifyReply;
import lazaret.vetting.deskapi.lockfiles.VerifyRequest;
import lazaret.vetting.lockfile.LockedPackageId;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.platform.BuiltPackages;
import lazaret.vetting.platform.Platform;
import lazaret.vetting.repair.RepairStep;
import lazaret.vetting.repair.WorkspaceRequirement;

/// The operations on whole lockfiles.
final class LockfileHandlers {
  private static final int MAX_TARGETS = 16;

  private final Desk desk;

  LockfileHandlers(Desk desk) {
    this.desk = desk;
  }

  void addTo(HandlerTable handlers) {
    handlers.add(LockfileOperations.VERIFY, this::verify);
    handlers.add(LockfileOperations.READING_LIST, this::readingList);
  }

  private VerifyReply verify(VerifyRequest request, Caller caller) {
    List<Platform> targets = targets(request.targets());
    String requirements = request.requirements();
    List<WorkspaceRequirement> stated =
        requirements == null ? List.of() : WorkspaceRequirement.parse(requirements);
    Lockfile lockfile =
        SubmittedLockfile.read(desk, caller, request.lockfile(), request.lockfileName());
    LockfileReport report = desk.verify(lockfile, request.criteria());
    // After the check, which fetches the index files with the dependencies of each version.
    List<String> notBuilt = targets.isEmpty() ? null : notBuilt(lockfile, report, targets);
    List<RepairStep> fixes = desk.repairs(lockfile, report, stated);
    List<LockfilePackageInfo> packages =
        report.lines().stream()
            .map(each -> LockfileInfos.line(each, onlyByBundle(each)))
            .filter(each -> !request.omitServed() || !isQuiet(each))
            .toList();
    return new VerifyReply(
        report.passes(),
        packages,
        report.lines().size() - packages.size(),
        report.local(),
        fixes.stream().map(LockfileInfos::fix).toList(),
        Infos.feedWarnings(desk),
        notBuilt);
  }

  /// Returns whether a package is served without a warning.
  private static boolean isQuiet(LockfilePackageInfo found) {
    return found.status() == PackageStatus.SERVED
        && found.reasons().stream().noneMatch(ReasonInfo::warns);
  }

  private static List<Platform> targets(List<String> triples) {
    if (triples.size() > MAX_TARGETS) {
      throw new MalformedException(
          "cannot verify: expected at most %d targets, found %d"
              .formatted(MAX_TARGETS, triples.size()));
    }
    return triples.stream().map(Platform::of).toList();
  }

  private List<String> notBuilt(Lockfile lockfile, LockfileReport report, List<Platform> targets) {
    Set<LockedPackageId> built = BuiltPackages.of(lockfile, targets, desk.index()::declared);
    return report.lines().stream()
        .map(line -> line.locked().id())
        .filter(id -> !built.contains(id))
        .map(LockedPackageId::toString)
        .toList();
  }

  /// Returns whether the artifact of a withheld package can only arrive by a bundle import. No
  /// local decision makes it available then.
  private boolean onlyByBundle(LockfileReport.Line line) {
    Sha256 checksum = line.locked().checksum();
    return line.status() == LockfileReport.Status.WITHHELD
        && checksum != null
        && desk.byBundle(checksum);
  }

  private ReadingListReply readingList(ReadingListRequest request, Caller caller) {
    Lockfile lockfile =
        SubmittedLockfile.read(desk, caller, request.lockfile(), request.lockfileName());
    ReadingList list = desk.readingList(lockfile);
    return new ReadingListReply(
        list.served(),
        ReviewInfos.stat(list.total()),
        list.lines().stream().map(LockfileInfos::reading).toList());
  }
}
