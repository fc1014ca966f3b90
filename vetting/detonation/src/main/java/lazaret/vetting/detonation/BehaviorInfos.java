package lazaret.vetting.detonation;

import lazaret.vetting.desk.api.ReviewInfos;
import lazaret.vetting.deskapi.behavior.BehaviorEvidenceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorKind;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo;
import lazaret.vetting.deskapi.behavior.BehaviorPlaceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorReply;

/// The conversion of values about recorded behavior to records of the API.
final class BehaviorInfos {
  private BehaviorInfos() {}

  static BehaviorReply behavior(BehaviorReport report) {
    return new BehaviorReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        report.evidence() == null ? null : evidence(report.evidence()),
        report.lines().stream().map(BehaviorInfos::line).toList(),
        report.notSeen().stream().map(BehaviorInfos::kind).toList(),
        report.limits(),
        report.unread() == null ? null : ReviewInfos.notReadable(report.unread()));
  }

  private static BehaviorEvidenceInfo evidence(DetonationService.Report report) {
    return new BehaviorEvidenceInfo(
        report.evidence().at(), report.evidence().by(), report.evidence().ending(), report.base());
  }

  private static BehaviorLineInfo line(BehaviorReport.Line line) {
    return new BehaviorLineInfo(
        group(line.group()),
        kind(line.kind()),
        DetonationHandlerSource.trace(line.trace()),
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
        place.capability() == null ? null : place.capability().code(),
        place.named());
  }
}
