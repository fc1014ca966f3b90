package lazaret.vetting.desk.api;

import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisoryGroup;
import lazaret.vetting.advisory.AdvisoryKind;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.review.AdvisoryMatchInfo;
import lazaret.vetting.deskapi.review.TakeoverSignInfo;
import lazaret.vetting.takeover.TakeoverSignal;

/// The conversion of advisories and signs of a hijacked crate to records of the API.
public final class AdvisoryInfos {
  private AdvisoryInfos() {}

  /// Returns the record of one advisory.
  public static AdvisoryInfo advisory(Advisory advisory) {
    Double score = advisory.rating().score();
    return new AdvisoryInfo(
        advisory.id(),
        advisory.feed(),
        advisory.aliases(),
        advisory.crate(),
        kind(advisory.kind()),
        advisory.rating().severity().code(),
        score == null ? null : score.toString(),
        advisory.rating().vector(),
        advisory.title(),
        advisory.url(),
        advisory.date(),
        advisory.withdrawn(),
        advisory.byAssociation(),
        advisory.affected().toString(),
        advisory.scope().functions(),
        advisory.scope().arch(),
        advisory.scope().os(),
        advisory.iocs().stream().map(each -> each.value()).toList());
  }

  static AdvisoryMatchInfo match(AdvisoryGroup hit) {
    Advisory leading = hit.leading();
    return new AdvisoryMatchInfo(
        hit.id(),
        hit.ids(),
        kind(hit.kind()),
        hit.rating().toString(),
        leading.title(),
        leading.url(),
        hit.affirmedBy(),
        hit.disputedBy(),
        hit.byAssociation(),
        hit.byDigest());
  }

  private static AdvisoryInfo.Kind kind(AdvisoryKind kind) {
    return switch (kind) {
      case MALWARE -> AdvisoryInfo.Kind.MALWARE;
      case VULNERABILITY -> AdvisoryInfo.Kind.VULNERABILITY;
      case UNSOUND -> AdvisoryInfo.Kind.UNSOUND;
      case UNMAINTAINED -> AdvisoryInfo.Kind.UNMAINTAINED;
      case NOTICE -> AdvisoryInfo.Kind.NOTICE;
    };
  }

  static TakeoverSignInfo sign(TakeoverSignal sign) {
    return new TakeoverSignInfo(
        sign.code().code(), weight(sign.weight()), sign.detail(), sign.until());
  }

  private static TakeoverSignInfo.Weight weight(TakeoverSignal.Weight weight) {
    return switch (weight) {
      case NOTE -> TakeoverSignInfo.Weight.NOTE;
      case HOLD -> TakeoverSignInfo.Weight.HOLD;
      case REVIEW -> TakeoverSignInfo.Weight.REVIEW;
    };
  }
}
