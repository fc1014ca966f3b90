package lazaret.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.CrateOperations;
import lazaret.vetting.deskapi.DecisionOperations;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRowsRequest;
import lazaret.vetting.deskapi.reading.FileReadersInfo;
import lazaret.vetting.deskapi.reading.ReaderInfo;
import lazaret.vetting.deskapi.reading.ReadersReply;
import lazaret.vetting.deskapi.reading.ReadersRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import lazaret.web.diff.DiffSamples;
import org.junit.jupiter.api.Test;

class ReviewListPageTest {
  private final FixedDesk desk = ReviewSamples.desk(DeskRole.REVIEWER);

  @Test
  void listsVersionsWithTheirLinesAndNoForm() {
    assertThat(desk.page("/desk/review?versions=zstd-sys@2.1.3,libc@0.2.1"))
        .contains("Review 2 versions", "4 lines to read in all; the shortest is first.")
        .contains("href=\"/desk/crates/zstd-sys/2.1.3/review?then=libc%400.2.1\">Review in order")
        .contains("<bdi>The build script changed</bdi>", "data-head=\"To read\">2 lines</td>")
        .doesNotContain("method=\"post\" action=\"/desk/crates");
  }

  private static String pick() {
    return "pick=zstd-sys%402.1.3%2Bzstd.1.5.7%40" + DiffSamples.CKSUM.hex();
  }

  private static String location(WebResponse response) {
    return response.fields().stream()
        .filter(field -> field.name().equals("location"))
        .map(WebResponse.Field::value)
        .findFirst()
        .orElse("none");
  }

  @Test
  void approvesAllVersionsOfTheListInOneDecision() {
    assertThat(desk.page("/desk/review?versions=zstd-sys@2.1.3"))
        .contains("One decision for all", "Record 1 approval</button>")
        .contains("name=\"pick\" value=\"zstd-sys@2.1.3+zstd.1.5.7@" + DiffSamples.CKSUM.hex());
    desk.reply(
        DecisionOperations.DECIDE,
        new DecideReply(
            List.of(HostileSample.of(DecisionInfo.class)), List.of(), List.of(), List.of()));

    WebResponse response = desk.form("/desk/review", pick() + "&reason=read+all&ends=14");

    assertThat(response.status()).isEqualTo(303);
    assertThat(location(response))
        .isEqualTo("/desk/review?versions=zstd-sys%402.1.3%2Bzstd.1.5.7&done=1&withheld=0");
    assertThat(desk.requests(DecideRequest.class))
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.kind()).isEqualTo(DecisionInfo.Kind.APPROVE);
              assertThat(order.versions())
                  .containsExactly(
                      new CrateId(DiffSamples.NAME, DiffSamples.VERSION, DiffSamples.CKSUM));
              assertThat(order.bulk()).as("it lifts no refusal").isTrue();
              assertThat(order.criteria()).as("nothing is exported").isEmpty();
              assertThat(order.reason()).isEqualTo("read all");
              assertThat(order.expires()).isEqualTo(FixedDesk.NOW.plus(Duration.ofDays(14)));
            });
    assertThat(desk.page("/desk/review?versions=zstd-sys@2.1.3&done=3&withheld=1"))
        .contains("Recorded: 3 versions are approved.", "1 of them not served yet");
  }

  @Test
  void refusedDecisionKeepsTheForm() {
    desk.refuse(
        DecisionOperations.DECIDE,
        ErrorCode.REFUSED_BY_POLICY,
        "policy requires the whole build script: 28 lines left");

    WebResponse refused = desk.form("/desk/review", pick() + "&reason=read+%3Call");
    WebResponse blank = desk.form("/desk/review", pick() + "&reason=");

    assertThat(refused.body().text())
        .contains("Nothing was recorded.", "policy requires the whole build script: 28 lines left.")
        .contains(">read &lt;all</textarea>");
    assertThat(blank.status()).isEqualTo(422);
    assertThat(blank.body().text()).contains("Write what you looked at.");
    assertThat(desk.form("/desk/review", "reason=x").status()).isEqualTo(400);
    assertThat(desk.requests(DecideRequest.class)).hasSize(1);
  }

  @Test
  void refusesAnEndThatTheFormDoesNotOffer() {
    WebResponse response =
        desk.form("/desk/review", pick() + "&reason=read+all&ends=day&day=2027-01-31");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.body().text())
        .contains("id=\"ends-mistake\"", "Choose when the approval ends.", ">read all</textarea>");
    assertThat(desk.requests(DecideRequest.class)).isEmpty();
  }

  @Test
  void auditorHasNoForm() {
    assertThat(ReviewSamples.desk(DeskRole.AUDITOR).page("/desk/review?versions=zstd-sys@2.1.3"))
        .contains("In the order of least reading")
        .doesNotContain("One decision for all");
  }

  @Test
  void countsNothingForAnArtifactThatIsNotStored() {
    desk.reply(CrateOperations.VERSION, ReviewSamples.version(false, null));

    assertThat(desk.page("/desk/review?versions=zstd-sys@2.1.3"))
        .contains("not counted", "The lines of some versions are not counted yet");
  }

  @Test
  void thePageOfTheVersionHasTheSameSentences() {
    assertThat(desk.page(ReviewSamples.VERSION))
        .contains("<bdi>The build script changed.</bdi>", "<bdi>signal: build-changed</bdi>")
        .contains("<bdi>build-changed: build.rs differs</bdi>");
  }

  @Test
  void statesThatNothingIsSelected() {
    assertThat(desk.page("/desk/review")).contains("No version is selected.");
  }

  @Test
  void refusesARequirement() {
    assertThat(desk.get("/desk/review?versions=serde@1").status()).isEqualTo(400);
    assertThat(desk.page("/desk/review?versions=serde@1")).contains("expected NAME@VERSION");
  }

  @Test
  void showsOneFileWithFindingsAndReaders() {
    desk.reply(
        ReadingOperations.READERS,
        new ReadersReply(
            DiffSamples.SUBJECT,
            List.of(
                new FileReadersInfo(
                    "build.rs",
                    DiffRole.BUILD_SCRIPT,
                    DiffSamples.AFTER,
                    List.of(
                        new ReaderInfo(
                            "jonas",
                            DiffRole.BUILD_SCRIPT,
                            ReviewSamples.EARLIER,
                            true,
                            false))))));

    assertThat(desk.page(ReviewSamples.VERSION + "/files/build.rs"))
        .contains("<tr id=\"L14\"><td class=\"no\">14</td>")
        .contains("<tr class=\"finding\" id=\"L14-f1\" tabindex=\"-1\"><td colspan=\"2\">")
        .contains("<bdi>build.rs</bdi>", "912 B", "<b><bdi>jonas</bdi></b>", "in part, ")
        .contains("&lt;script&gt;alert(1)");
    assertThat(desk.requests(ReadersRequest.class))
        .as("the readers of this file alone")
        .extracting(ReadersRequest::path)
        .containsExactly("build.rs");
    assertThat(desk.requests(DiffRowsRequest.class))
        .as("long lines are not cut as in a difference")
        .allSatisfy(rows -> assertThat(rows.chars()).isEqualTo(65_536))
        .isNotEmpty();
  }

  @Test
  void showsTextsOfOthersAsText() {
    FixedDesk hostile =
        FixedDesk.of(DeskRole.REVIEWER)
            .reply(CrateOperations.VERSION, HostileSample.of(CrateOperations.VERSION))
            .reply(ReviewOperations.DIFF_ROWS, HostileSample.of(ReviewOperations.DIFF_ROWS));

    HostileSample.assertEscaped(hostile.page("/desk/review?versions=zstd-sys@2.1.3"));
    HostileSample.assertEscaped(hostile.page(ReviewSamples.VERSION + "/files/%22%3E%3Cscript%3E"));
  }
}
