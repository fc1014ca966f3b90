package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.behavior.BehaviorEvidenceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorKind;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo;
import lazaret.vetting.deskapi.behavior.BehaviorLineInfo.Group;
import lazaret.vetting.deskapi.behavior.BehaviorPlaceInfo;
import lazaret.vetting.deskapi.behavior.BehaviorReply;
import lazaret.vetting.deskapi.crates.TraceInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.diff.DiffSamples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BehaviorLaneTest {
  private final FixedDesk desk = ReviewSamples.desk(DeskRole.REVIEWER);

  private static BehaviorLineInfo line(
      Group group, String what, List<BehaviorPlaceInfo> places, @Nullable String statement) {
    TraceInfo trace = HostileSample.of(TraceInfo.class);
    return new BehaviorLineInfo(
        group, BehaviorKind.PROCESS, trace, what, null, places, 0, statement);
  }

  private String page(List<BehaviorLineInfo> lines) {
    desk.reply(
        ReviewOperations.BEHAVIOR,
        new BehaviorReply(
            DiffSamples.NAME,
            DiffSamples.VERSION,
            DiffSamples.CKSUM,
            new BehaviorEvidenceInfo(ReviewSamples.EARLIER, "ci", "built", DiffSamples.BASE),
            lines,
            List.of(BehaviorKind.HOST, BehaviorKind.CREDENTIAL),
            List.of("Programs that run for a few milliseconds may be missed."),
            null));
    return desk.page(ReviewSamples.PAGE);
  }

  @Test
  void showsEachNewEventWithItsOrigin() {
    var place = new BehaviorPlaceInfo("build.rs", 14, "run", "process", false);

    assertThat(
            page(
                List.of(
                    line(Group.NEW, "/usr/bin/sh", List.of(place), null),
                    line(Group.NEW, "/out/libc", List.of(), "It is the build script of libc."),
                    line(Group.NEW, "/usr/bin/id", List.of(), null))))
        .contains("Behavior <span class=\"count open\">3 new</span>")
        .contains("<b><bdi>Ran a program</bdi></b><span class=\"num\"><b>+1</b></span>")
        .contains("<bdi>/usr/bin/sh</bdi>", "href=\"#build-rs-14\"><bdi>build.rs</bdi>:14</a>")
        .contains("<bdi>It is the build script of libc.</bdi>")
        .containsOnlyOnce("<bdi>No place in this crate shows it.</bdi>");
  }

  @Test
  void joinsEventsThatAreAsBefore() {
    assertThat(
            page(
                List.of(
                    line(Group.AS_BEFORE, "cc", List.of(), null),
                    line(Group.AS_BEFORE, "ar", List.of(), null))))
        .contains("Behavior <span class=\"count\">no change</span>")
        .contains("<h3 class=\"part\">As in 2.1.2+zstd.1.5.7</h3>")
        .contains("<span><bdi>Programs</bdi></span><span class=\"num faint\">2, equal</span>")
        .contains("<p class=\"mono\"><bdi>cc, ar</bdi></p>");
  }

  @Test
  void statesWhatWasNotSeenAndWhatCanBeMissed() {
    assertThat(page(List.of()))
        .contains("<h3 class=\"part\">Not seen</h3>", "hosts, opened decoys")
        .contains("<bdi>The build: built, recorded today, 17:06 by ci.</bdi>")
        .contains("<bdi>Programs that run for a few milliseconds may be missed.</bdi>");
  }
}
