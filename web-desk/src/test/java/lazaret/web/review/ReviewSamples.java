package lazaret.web.review;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.AbsentCapabilitiesInfo;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.behavior.CapabilitiesReply;
import lazaret.vetting.deskapi.behavior.CapabilityCountInfo;
import lazaret.vetting.deskapi.behavior.CapabilityNameInfo;
import lazaret.vetting.deskapi.behavior.CapabilityPlaceInfo;
import lazaret.vetting.deskapi.crates.CapabilityInfo;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.reading.LineNoteInfo;
import lazaret.vetting.deskapi.reading.LineNotesReply;
import lazaret.vetting.deskapi.reading.ReadFileInfo;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.TextDraftReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.FixedDesk;
import lazaret.web.diff.DiffSamples;
import org.jspecify.annotations.Nullable;

/// Replies for tests of the review page.
final class ReviewSamples {
  static final String PAGE = "/desk/crates/zstd-sys/2.1.3+zstd.1.5.7/review";
  static final String VERSION = "/desk/crates/zstd-sys/2.1.3+zstd.1.5.7";
  static final Instant EARLIER = Instant.parse("2026-11-28T17:06:00Z");

  private ReviewSamples() {}

  /// Returns a desk with a difference of one file to read and one that needs no reading.
  static FixedDesk desk(DeskRole role) {
    return desk(RoleGrants.of(role));
  }

  /// Returns the same desk for a person with some roles.
  static FixedDesk desk(RoleGrants roles) {
    DiffFileInfo lock =
        DiffSamples.file(
            "Cargo.lock", DiffRole.DATA, DiffFileInfo.Unread.NOT_USED, DiffSamples.amount(177, 0));
    return FixedDesk.of(roles)
        .reply(CrateOperations.VERSION, version(true, null))
        .reply(ReviewOperations.DIFF, DiffSamples.reply(true, DiffSamples.buildScript(), lock))
        .reply(ReviewOperations.DIFF_ROWS, DiffSamples.rows(DiffSamples.buildScript()))
        .reply(ReviewOperations.CAPABILITIES, capabilities())
        .reply(
            ReviewOperations.BEHAVIOR,
            new BehaviorReply(
                DiffSamples.NAME,
                DiffSamples.VERSION,
                DiffSamples.CKSUM,
                null,
                List.of(),
                List.of(),
                List.of(),
                null))
        .reply(ReadingOperations.READING, reading(0, List.of(), null))
        .reply(ReadingOperations.NOTES, new LineNotesReply(List.of()))
        .reply(ReadingOperations.DRAFT, new TextDraftReply(null, List.of()));
  }

  /// Returns a version that is withheld because its build script changed.
  static VersionReply version(boolean stored, @Nullable DecisionInfo decision) {
    return version(stored, decision, new ReasonInfo("signal", "build-changed: build.rs differs"));
  }

  /// Returns a version that is withheld for some reasons.
  static VersionReply version(
      boolean stored, @Nullable DecisionInfo decision, ReasonInfo... reasons) {
    VerdictInfo verdict = new VerdictInfo(VerdictInfo.Kind.REVIEW, null, List.of(reasons));
    return new VersionReply(
        DiffSamples.NAME,
        DiffSamples.VERSION,
        DiffSamples.CKSUM,
        verdict,
        false,
        stored,
        null,
        null,
        false,
        null,
        false,
        false,
        EARLIER,
        false,
        null,
        EARLIER,
        EARLIER,
        null,
        null,
        null,
        null,
        null,
        null,
        decision == null ? List.of() : List.of(decision),
        null,
        null,
        List.of());
  }

  static DecisionInfo decision(DecisionInfo.Kind kind, Instant at) {
    return new DecisionInfo(
        DiffSamples.NAME,
        DiffSamples.VERSION,
        DiffSamples.CKSUM,
        kind,
        at,
        "jonas",
        "reason",
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  static ReadStateReply reading(long marked, List<Long> hunks, @Nullable String refusal) {
    List<ReadFileInfo> files =
        marked == 0
            ? List.of()
            : List.of(
                new ReadFileInfo("build.rs", 2, marked, hunks, List.of(), List.of(), marked == 2));
    return new ReadStateReply(
        DiffSamples.SUBJECT, DiffSamples.BASE, List.of(), 2, marked, refusal, files, List.of());
  }

  static LineNoteInfo note(String person) {
    return new LineNoteInfo(
        17,
        person,
        EARLIER,
        Sha256.parse("f7".repeat(32)),
        "build.rs",
        DiffSamples.AFTER,
        13,
        "only a flag");
  }

  private static CapabilitiesReply capabilities() {
    return new CapabilitiesReply(
        DiffSamples.NAME,
        DiffSamples.VERSION,
        DiffSamples.CKSUM,
        DiffSamples.BASE,
        List.of(
            new CapabilityCountInfo(
                CapabilityInfo.Place.BUILD,
                "env-read",
                "Reads variables",
                CapabilityCountInfo.Change.CHANGED,
                12,
                15,
                List.of(new CapabilityPlaceInfo("build.rs", 14, "env::var(\"X\")", 1, true)),
                0)),
        List.of(
            new AbsentCapabilitiesInfo(
                CapabilityInfo.Place.BUILD,
                List.of(
                    new CapabilityNameInfo("network", "Reaches the network"),
                    new CapabilityNameInfo("process", "Starts programs")))),
        true,
        null);
  }
}
