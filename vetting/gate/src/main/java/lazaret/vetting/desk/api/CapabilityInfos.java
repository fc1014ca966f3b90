package lazaret.vetting.desk.api;

import lazaret.vetting.desk.review.CapabilityReport;
import lazaret.vetting.deskapi.behavior.AbsentCapabilitiesInfo;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo;
import lazaret.vetting.deskapi.behavior.CapabilityNameInfo;
import lazaret.vetting.deskapi.behavior.CapabilityPlaceInfo;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.AbsentCapabilities;
import lazaret.vetting.review.CapabilityChange;

/// The conversion of values about capabilities to records of the API.
final class CapabilityInfos {
  private CapabilityInfos() {}

  static CapabilitiesReply capabilities(CapabilityReport report) {
    return new CapabilitiesReply(
        report.id().name(),
        report.id().version(),
        report.id().cksum(),
        report.base(),
        report.changes().stream().map(CapabilityInfos::count).toList(),
        report.absent().stream().map(CapabilityInfos::absent).toList(),
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
        change.places().stream().map(CapabilityInfos::place).toList(),
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
        absent.capabilities().stream().map(CapabilityInfos::name).toList());
  }

  private static CapabilityNameInfo name(Capability what) {
    return new CapabilityNameInfo(what.code(), what.words());
  }
}
