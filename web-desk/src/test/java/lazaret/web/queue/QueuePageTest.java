package lazaret.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.QueueGroupInfo;
import lazaret.vetting.deskapi.requests.QueueGroupsReply;
import lazaret.vetting.deskapi.requests.QueueRowInfo;
import lazaret.vetting.deskapi.requests.QueueTabCountsInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class QueuePageTest {
  private static final String REVIEW = "/desk/crates/serde_json/1.0.9+build.5/review";

  /// Returns a desk with one group whose rows are of the version `serde_json 1.0.9+build.5`.
  private static FixedDesk desk(int rows) {
    QueueRowInfo row = HostileSample.of(QueueRowInfo.class);
    QueueGroupInfo group =
        new QueueGroupInfo(
            CrateName.parse("axum"),
            CrateVersion.parse("0.9.0"),
            2,
            14,
            0,
            0,
            2,
            Collections.nCopies(rows, row));
    return FixedDesk.of(DeskRole.REVIEWER)
        .reply(
            RequestOperations.QUEUE_GROUPS,
            new QueueGroupsReply(
                new QueueTabCountsInfo(rows, 0, 0, 0),
                rows,
                14,
                0,
                0,
                List.of(group),
                null,
                List.of()));
  }

  @Test
  void aGroupHasOneLinkToReviewItsVersionsInOrder() {
    assertThat(desk(2).page("/desk/queue"))
        .contains("axum 0.9.0 and the version that it adds")
        .contains("href=\"" + REVIEW + "?then=serde_json%401.0.9%2Bbuild.5\">Review in order<");
  }

  @Test
  void oneVersionHasTheLinkOfItsRowAlone() {
    assertThat(desk(1).page("/desk/queue"))
        .contains("href=\"" + REVIEW + "\">Review<")
        .doesNotContain("Review in order");
  }

  @Test
  void escapesTheTextsOfOthers() {
    HostileSample.assertEscaped(desk(2).page("/desk/queue"));
  }
}
