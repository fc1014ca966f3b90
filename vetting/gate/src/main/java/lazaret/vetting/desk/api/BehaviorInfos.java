package lazaret.vetting.desk.api;

import lazaret.vetting.desk.review.BehaviorReport;
import lazaret.vetting.desk.review.CapabilityReport;
import lazaret.vetting.desk.review.DetonationService;
import lazaret.vetting.deskapi.behavior.AbsentCapabilitiesInfo;
import lazaret.vetting.deskapi.behavior.BehaviorEvidenceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorKind;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo;
import lazaret.vetting.deskapi.behavior.BehaviorPlaceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo;
import lazaret.vetting.deskapi.behavior.CapabilityNameInfo;
import lazaret.vetting.deskapi.behavior.CapabilityPlaceInfo;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.AbsentCapabilities;
import lazaret.vetting.review.CapabilityChange;

/// The conversion of values about capabilities and behavior to records of the API.
final class BehaviorInfos {
  private BehaviorInfos() {}

  static CapabilitiesReply capabilities(CapabilityReport report) {
    return new CapabilitiesReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        report.base(),
        report.changes().stream().map(BehaviorInfos::count).toList(),
        report.absent().stream().map(BehaviorInfos::absent).toList(),
        report.whole(),
        CrateInfos.optional(report.unread(), ReviewInfos::notReadable));
  }

  private static CapabilityCountInfo count(CapabilityChange change) {
    return new CapabilityCountInfo(
        CrateInfos.place(change.where()),
        change.what().code(),
        change.what().words(),
        kind(change.kind()),
        change.before(),
        change.now(),
        change.places().stream().map(BehaviorInfos::place).toList(),
        change.unlisted());
  }

  private static CapabilityCountInfo.Change kind(CapabilityChange.Kind kind) {
    return switch (kind) {
      case GAINED -> CapabilityCountInfo.Change.GAINED;
      case CHANGED -> CapabilityCountInfo.Change.CHANGED;
      case LOST -> CapabilityCountInfo.Change.LOST;
      case SAME -> CapabilityCountInfo.Change.SAME;
    };
  }

  private static CapabilityPlaceInfo place(CapabilityChange.Place place) {
    Location at = place.location();
    return new CapabilityPlaceInfo(
        at.path(), at.line(), at.excerpt(), at.occurrences(), place.added());
  }

  private static AbsentCapabilitiesInfo absent(AbsentCapabilities absent) {
    return new AbsentCapabilitiesInfo(
        CrateInfos.place(absent.where()),
        absent.capabilities().stream().map(BehaviorInfos::name).toList());
  }

  private static CapabilityNameInfo name(Capability what) {
    return new CapabilityNameInfo(what.code(), what.words());
  }

  static BehaviorReply behavior(BehaviorReport report) {
    return new BehaviorReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        CrateInfos.optional(report.evidence(), BehaviorInfos::evidence),
        report.lines().stream().map(BehaviorInfos::line).toList(),
        report.notSeen().stream().map(BehaviorInfos::kind).toList(),
        report.limits(),
        CrateInfos.optional(report.unread(), ReviewInfos::notReadable));
  }

  private static BehaviorEvidenceInfo evidence(DetonationService.Report report) {
    return new BehaviorEvidenceInfo(
        report.evidence().at(), report.evidence().by(), report.evidence().ending(), report.base());
  }

  private static BehaviorLineInfo line(BehaviorReport.Line line) {
    return new BehaviorLineInfo(
        group(line.group()),
        kind(line.kind()),
        DetonationHandlers.trace(line.trace()),
        line.what(),
        line.crate(),
        line.places().stream().map(BehaviorInfos::place).toList(),
        line.more(),
        line.statement());
  }

  private static BehaviorLineInfo.Group group(BehaviorReport.Group group) {
    return switch (group) {
      case NEW -> BehaviorLineInfo.Group.NEW;
      case GONE -> BehaviorLineInfo.Group.GONE;
      case AS_BEFORE -> BehaviorLineInfo.Group.AS_BEFORE;
      case NOT_COMPARED -> BehaviorLineInfo.Group.NOT_COMPARED;
    };
  }

  private static BehaviorKind kind(BehaviorReport.Kind kind) {
    return switch (kind) {
      case HOST -> BehaviorKind.HOST;
      case CREDENTIAL -> BehaviorKind.CREDENTIAL;
      case SYSTEM -> BehaviorKind.SYSTEM;
      case PROCESS -> BehaviorKind.PROCESS;
      case FILE_WRITTEN -> BehaviorKind.FILE_WRITTEN;
      case FILE_READ -> BehaviorKind.FILE_READ;
      case VARIABLE -> BehaviorKind.VARIABLE;
      case INSTRUCTION -> BehaviorKind.INSTRUCTION;
      case LIMIT -> BehaviorKind.LIMIT;
      case OTHER -> BehaviorKind.OTHER;
    };
  }

  private static BehaviorPlaceInfo place(BehaviorReport.Place place) {
    return new BehaviorPlaceInfo(
        place.path(),
        place.line(),
        place.excerpt(),
        CrateInfos.optional(place.capability(), Capability::code),
        place.named());
  }
}
