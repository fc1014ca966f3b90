package lazaret.vetting.desk.api;

import lazaret.vetting.desk.review.ReviewReport;
import lazaret.vetting.desk.review.VersionEvidence;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.review.CapabilityChangeInfo;
import lazaret.vetting.deskapi.review.CrateDiffInfo;
import lazaret.vetting.deskapi.review.DependencyChangeInfo;
import lazaret.vetting.deskapi.review.DiffStatInfo;
import lazaret.vetting.deskapi.review.FileDiffInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.vetting.deskapi.review.NotReadableInfo;
import lazaret.vetting.deskapi.review.ReviewBaseInfo;
import lazaret.vetting.deskapi.review.ReviewBaseOrigin;
import lazaret.vetting.deskapi.review.ReviewDependencyInfo;
import lazaret.vetting.deskapi.review.ReviewReply;
import lazaret.vetting.deskapi.review.VersionEvidenceReply;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.inspect.CapabilityDelta;
import lazaret.vetting.review.CrateDiff;
import lazaret.vetting.review.DependencyChange;
import lazaret.vetting.review.DiffStat;
import lazaret.vetting.review.FileDiff;
import lazaret.vetting.review.FileDigest;
import lazaret.vetting.review.FileRole;

/// The conversion of values about reviews to records of the API.
public final class ReviewInfos {
  private ReviewInfos() {}

  /// Returns the reply about a review.
  ///
  /// @param version the reply about the version itself
  static ReviewReply review(ReviewReport report, VersionReply version) {
    return new ReviewReply(
        version,
        report.evidence().hits().stream().map(AdvisoryInfos::match).toList(),
        report.evidence().takeover().stream().map(AdvisoryInfos::sign).toList(),
        report.evidence().fixes(),
        CrateInfos.optional(report.evidence().audit(), AuditInfos::verdict),
        CrateInfos.optional(report.base(), ReviewInfos::base),
        report.otherBases().stream().map(ReviewInfos::base).toList(),
        report.dependencies().stream().map(ReviewInfos::dependency).toList(),
        report.dependencyChanges().stream().map(ReviewInfos::change).toList(),
        CrateInfos.optional(report.delta(), ReviewInfos::delta),
        CrateInfos.optional(report.diff(), ReviewInfos::diff),
        CrateInfos.optional(report.unread(), ReviewInfos::notReadable));
  }

  /// Returns the reply with the stored evidence on a version.
  static VersionEvidenceReply evidence(VersionEvidence evidence) {
    return new VersionEvidenceReply(
        evidence.external().hits().stream().map(AdvisoryInfos::match).toList(),
        evidence.external().takeover().stream().map(AdvisoryInfos::sign).toList(),
        evidence.external().fixes(),
        evidence.dependencies().stream().map(ReviewInfos::dependency).toList());
  }

  /// Returns a base with the amount to read.
  public static ReviewBaseInfo base(ReviewReport.Base base) {
    return new ReviewBaseInfo(base.version(), origin(base.origin()), stat(base.stat()));
  }

  static ReviewBaseOrigin origin(ReviewReport.BaseOrigin origin) {
    return switch (origin) {
      case APPROVED -> ReviewBaseOrigin.APPROVED;
      case SERVED -> ReviewBaseOrigin.SERVED;
      case ADVISORY -> ReviewBaseOrigin.ADVISORY;
      case NAMED -> ReviewBaseOrigin.NAMED;
    };
  }

  /// Returns an amount to read.
  public static DiffStatInfo stat(DiffStat stat) {
    return new DiffStatInfo(
        stat.files(), stat.insertions(), stat.deletions(), stat.unreadBytes(), stat.lines());
  }

  /// Returns the reason for which an artifact cannot be read.
  public static NotReadableInfo notReadable(ReviewReport.NotReadable unread) {
    return new NotReadableInfo(unread.code(), unread.detail());
  }

  private static CapabilityChangeInfo delta(CapabilityDelta delta) {
    return new CapabilityChangeInfo(
        CrateInfos.capabilities(delta.gained()),
        CrateInfos.capabilities(delta.lost()),
        CrateInfos.signals(delta.signals()));
  }

  private static ReviewDependencyInfo dependency(ReviewReport.Dependency line) {
    IndexDependency dependency = line.dependency();
    return new ReviewDependencyInfo(
        dependency.packageName().toString(),
        dependency.req().text(),
        kind(dependency),
        dependency.optional(),
        dependency.target(),
        line.added(),
        line.version(),
        CrateInfos.optional(line.verdict(), Infos::verdict),
        line.served(),
        CrateInfos.text(line.detail()));
  }

  static ReviewDependencyInfo.Kind kind(IndexDependency dependency) {
    return switch (dependency.kind()) {
      case NORMAL -> ReviewDependencyInfo.Kind.NORMAL;
      case BUILD -> ReviewDependencyInfo.Kind.BUILD;
      case DEV -> ReviewDependencyInfo.Kind.DEV;
    };
  }

  private static DependencyChangeInfo change(DependencyChange change) {
    IndexDependency dependency = change.dependency();
    IndexDependency before = change.before();
    return new DependencyChangeInfo(
        dependency.packageName().toString(),
        dependency.req().text(),
        kind(dependency),
        dependency.optional(),
        dependency.target(),
        change.added()
            ? DependencyChangeInfo.Change.ADDED
            : change.after() == null
                ? DependencyChangeInfo.Change.REMOVED
                : DependencyChangeInfo.Change.CHANGED,
        before == null ? null : before.req().text());
  }

  private static CrateDiffInfo diff(CrateDiff diff) {
    return new CrateDiffInfo(
        diff.base(),
        stat(diff.stat()),
        diff.cut(),
        diff.files().stream().map(ReviewInfos::file).toList());
  }

  private static FileDiffInfo file(FileDiff file) {
    return new FileDiffInfo(
        file.path(),
        file.formerPath(),
        change(file.change()),
        role(file.part()),
        form(file.form()),
        file.insertions(),
        file.deletions(),
        CrateInfos.optional(file.before(), ReviewInfos::digest),
        CrateInfos.optional(file.after(), ReviewInfos::digest),
        CrateInfos.text(file.text()));
  }

  static FileDigestInfo digest(FileDigest digest) {
    return new FileDigestInfo(digest.size(), digest.sha256());
  }

  private static FileDiffInfo.Change change(FileDiff.Change change) {
    return switch (change) {
      case ADDED -> FileDiffInfo.Change.ADDED;
      case REMOVED -> FileDiffInfo.Change.REMOVED;
      case CHANGED -> FileDiffInfo.Change.CHANGED;
      case MOVED -> FileDiffInfo.Change.MOVED;
    };
  }

  private static FileDiffInfo.Role role(FileRole part) {
    return switch (part) {
      case BUILD_SCRIPT -> FileDiffInfo.Role.BUILD_SCRIPT;
      case MANIFEST -> FileDiffInfo.Role.MANIFEST;
      case SOURCE -> FileDiffInfo.Role.SOURCE;
      case OTHER -> FileDiffInfo.Role.OTHER;
      case ASIDE -> FileDiffInfo.Role.NOT_BUILT;
    };
  }

  private static FileDiffInfo.Form form(FileDiff.Form form) {
    return switch (form) {
      case LINES -> FileDiffInfo.Form.LINES;
      case SAME_BYTES -> FileDiffInfo.Form.SAME_BYTES;
      case BINARY -> FileDiffInfo.Form.BINARY;
      case LONG_LINES -> FileDiffInfo.Form.LONG_LINES;
      case TOO_LONG -> FileDiffInfo.Form.TOO_LONG;
      case OVER_LIMIT -> FileDiffInfo.Form.OVER_LIMIT;
    };
  }
}
