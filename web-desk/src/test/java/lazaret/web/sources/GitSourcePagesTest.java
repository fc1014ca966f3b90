package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.GitSourceOperations;
import lazaret.vetting.deskapi.site.GitSourceDecisionRequest;
import lazaret.vetting.deskapi.site.GitSourceInfo;
import lazaret.vetting.deskapi.site.GitSourcePackageInfo;
import lazaret.vetting.deskapi.site.GitSourceStatus;
import lazaret.vetting.deskapi.site.GitSourcesReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class GitSourcePagesTest {
  private static final String LIST = "/desk/git-sources";
  private static final Instant FETCHED = FixedDesk.NOW.minus(Duration.ofHours(3));
  private static final Instant DECIDED = FixedDesk.NOW.minus(Duration.ofMinutes(4));
  private static final GitSourceInfo APP = source("app", "one", GitSourceStatus.WAITING);
  private static final GitSourceInfo OLD = source("old", "one", GitSourceStatus.DENIED);
  private static final GitSourceInfo TOOL = source("tool", "one", GitSourceStatus.APPROVED);

  private static GitSourceInfo source(String name, String branch, GitSourceStatus state) {
    String url = "https://git.example/team/" + name + "?branch=" + branch;
    boolean decided = state != GitSourceStatus.WAITING;
    return new GitSourceInfo(
        sha256("key of " + url),
        url,
        sha256("commit of " + url).hex().substring(0, 40),
        sha256("tree of " + url),
        2_048,
        List.of(
            new GitSourcePackageInfo("helper", "0.1.0", "", sha256("helper"), List.of()),
            new GitSourcePackageInfo(
                name,
                "1.2.3",
                "crates/" + name,
                sha256(name),
                List.of("build-network at build.rs:12: TcpStream::connect(..)"))),
        state,
        FETCHED,
        "ada",
        decided ? "jonas" : null,
        decided ? DECIDED : null,
        decided ? "read <b>all</b> of it" : null);
  }

  private static Sha256 sha256(String text) {
    return Sha256.of(Bytes.utf8(text));
  }

  private static FixedDesk desk(DeskRole role, GitSourceInfo... sources) {
    return with(FixedDesk.of(role), List.of(sources));
  }

  private static FixedDesk with(FixedDesk desk, List<GitSourceInfo> sources) {
    return desk.reply(GitSourceOperations.GIT_SOURCES, new GitSourcesReply(sources));
  }

  private static String page(GitSourceInfo source) {
    return LIST + "/" + source.key().hex();
  }

  /// Returns the fields that the page of a source has, and those that the person fills.
  private static String form(GitSourceInfo shown, String typed) {
    Instant at = shown.decidedAt();
    return "commit=%s&tree=%s&fetched=%s&last=%s&%s"
        .formatted(
            shown.commit(),
            shown.treeHash().hex(),
            shown.fetched(),
            at == null ? "" : at.toString(),
            typed);
  }

  private static void assertRefused(FixedDesk desk, WebResponse response, int status, String why) {
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body().text()).contains("Nothing was recorded", why);
    assertThat(desk.requests(GitSourceDecisionRequest.class)).isEmpty();
  }

  @Test
  void listsThoseThatWaitFirst() {
    assertThat(desk(DeskRole.READER, TOOL, OLD, APP).page(LIST))
        .containsSubsequence("team/app", "team/old", "team/tool")
        .contains("1 commit waits for a decision.", "href=\"" + page(APP) + "\"")
        .contains("helper 0.1.0, app 1.2.3", "<bdi>ada</bdi>", ">3 hours</time>")
        .contains(APP.commit().substring(0, 12), APP.treeHash().hex().substring(0, 12))
        .contains("All <span class=\"count\">3</span>", "Denied <span class=\"count\">1</span>");
  }

  @Test
  void selectsByStateAndWords() {
    FixedDesk desk = desk(DeskRole.READER, TOOL, OLD, APP);

    assertThat(desk.page(LIST + "?only=denied"))
        .contains("team/old", "aria-current=\"page\">Denied")
        .doesNotContain("team/app", "team/tool");
    assertThat(desk.page(LIST + "?q=" + TOOL.commit().substring(0, 10)))
        .contains("team/tool", "Approved <span class=\"count\">1</span>")
        .contains("All <span class=\"count\">1</span>")
        .doesNotContain("team/app", "team/old");
    assertThat(desk.page(LIST + "?q=HELPER")).contains("team/app", "team/old", "team/tool");
    assertThat(desk.page(LIST + "?only=waiting&q=team%2Ftool"))
        .contains("No Git source has this state and these words.");
  }

  @Test
  void showsAtMostOneHundredSources() {
    FixedDesk desk = with(FixedDesk.of(DeskRole.READER), Collections.nCopies(250, APP));

    assertThat(desk.page(LIST + "?q=app&from=100"))
        .contains("101 to 200 of 250")
        .contains("href=\"/desk/git-sources?q=app&amp;from=0\">Previous")
        .contains("href=\"/desk/git-sources?q=app&amp;from=200\">Next");
  }

  @Test
  void saysHowASourceComesHere() {
    assertThat(desk(DeskRole.READER).page(LIST))
        .contains("No Git dependency was fetched.", "vetting-cli git-sources add");
  }

  @Test
  void showsCratesSignalsAndOtherCommits() {
    GitSourceInfo later = source("app", "two", GitSourceStatus.DENIED);

    assertThat(desk(DeskRole.AUDITOR, APP, later, TOOL).page(page(APP)))
        .contains("https://git.example/team/app?branch=one", APP.commit(), "2.0 KiB")
        .contains("build-network at build.rs:12: TcpStream::connect(..)")
        .containsSubsequence("crates/app", "the root")
        .contains("href=\"" + page(later) + "\"", "/desk/events?q=" + APP.commit())
        .doesNotContain(page(TOOL));
    assertThat(desk(DeskRole.READER, TOOL).page(page(TOOL)))
        .contains("<bdi>jonas</bdi>", "read &lt;b&gt;all&lt;/b&gt; of it")
        .doesNotContain("<b>all</b>", "/desk/events?q=");
  }

  @Test
  void showsAtMostTwoHundredCrates() {
    GitSourceInfo large =
        new GitSourceInfo(
            APP.key(),
            APP.url(),
            APP.commit(),
            APP.treeHash(),
            APP.bytes(),
            Collections.nCopies(300, APP.packages().getFirst()),
            APP.state(),
            APP.fetched(),
            APP.by(),
            null,
            null,
            null);

    assertThat(desk(DeskRole.READER, large).page(page(APP) + "?from=200"))
        .contains("201 to 300 of 300", "href=\"" + page(APP) + "?from=0\">Previous");
  }

  @Test
  void reviewerDecidesByCommitAndTree() {
    FixedDesk desk = desk(DeskRole.REVIEWER, APP);
    desk.reply(GitSourceOperations.DECIDE_GIT_SOURCE, APP);
    assertThat(desk.page(page(APP)))
        .contains("name=\"commit\" value=\"" + APP.commit() + "\"")
        .contains("name=\"tree\" value=\"" + APP.treeHash().hex() + "\"")
        .contains(APP.treeHash().hex() + " --seen-fetched " + FETCHED + " --reason TEXT");

    WebResponse response =
        desk.form(page(APP) + "/decide", form(APP, "kind=approve&reason=read+it"));

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields())
        .contains(new WebResponse.Field("location", page(APP) + "?done=1"));
    assertThat(desk.requests(GitSourceDecisionRequest.class))
        .containsExactly(
            new GitSourceDecisionRequest(
                APP.key(), APP.treeHash(), true, "read it", FETCHED, null));
  }

  @Test
  void denialIsSentAsOne() {
    FixedDesk desk = desk(DeskRole.REVIEWER, TOOL);
    desk.reply(GitSourceOperations.DECIDE_GIT_SOURCE, TOOL);

    WebResponse sent = desk.form(page(TOOL) + "/decide", form(TOOL, "kind=deny&reason=stolen"));

    assertThat(sent.status()).isEqualTo(303);
    assertThat(desk.requests(GitSourceDecisionRequest.class))
        .containsExactly(
            new GitSourceDecisionRequest(
                TOOL.key(), TOOL.treeHash(), false, "stolen", FETCHED, DECIDED));
  }

  @Test
  void recordedDecisionLeadsToTheNextSource() {
    FixedDesk desk = desk(DeskRole.REVIEWER, TOOL, APP);

    assertThat(desk.page(page(TOOL) + "?done=1"))
        .contains("is approved by jonas.", "href=\"" + page(TOOL) + "?kind=deny#decide\"")
        .contains("href=\"" + page(APP) + "\"");
    assertThat(desk.page(page(APP) + "?done=1")).doesNotContain("Recorded:");
  }

  @Test
  void mistakesKeepTheForm() {
    FixedDesk desk = desk(DeskRole.REVIEWER, APP);
    String path = page(APP) + "/decide";

    assertRefused(desk, desk.form(path, form(APP, "kind=deny")), 422, "Write what you looked at.");
    assertRefused(desk, desk.form(path, form(APP, "reason=because")), 422, ">because</textarea>");
    assertRefused(
        desk,
        desk.form(path, form(APP, "kind=deny&reason=" + "x".repeat(2_001))),
        422,
        "At most 2,000 characters.");
  }

  @Test
  void formOfAnotherStateRecordsNothing() {
    FixedDesk desk = desk(DeskRole.REVIEWER, TOOL);
    String path = page(TOOL) + "/decide";
    String form = form(TOOL, "kind=deny&reason=because");
    String other = "f".repeat(40);

    assertRefused(
        desk, desk.form(path, form.replace(TOOL.commit(), other)), 409, "names another commit");
    assertRefused(
        desk,
        desk.form(path, form.replace(TOOL.treeHash().hex(), APP.treeHash().hex())),
        409,
        "another tree");
    assertRefused(
        desk,
        desk.form(path, form.replace(FETCHED.toString(), DECIDED.toString())),
        409,
        "was fetched again while you read");
    assertRefused(
        desk,
        desk.form(path, form.replace("last=" + DECIDED, "last=")),
        409,
        "jonas decided on this source 4 minutes ago");
    assertThat(desk.form(path, form.replace("last=" + DECIDED, "last=")).body().text())
        .contains(">because</textarea>");
  }

  @Test
  void refusalOfTheGateKeepsTheForm() {
    FixedDesk desk = desk(DeskRole.REVIEWER, APP);
    desk.refuse(GitSourceOperations.DECIDE_GIT_SOURCE, ErrorCode.STALE, "it has another tree");

    WebResponse response =
        desk.form(page(APP) + "/decide", form(APP, "kind=approve&reason=because"));

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.body().text()).contains("it has another tree.", ">because</textarea>");
  }

  @Test
  void readersHaveNoForm() {
    FixedDesk reader = desk(DeskRole.READER, APP);
    assertThat(reader.page(page(APP)))
        .contains("A decision needs the role reviewer.")
        .doesNotContain(page(APP) + "/decide");

    WebResponse sent = reader.form(page(APP) + "/decide", form(APP, "kind=approve&reason=x"));

    assertThat(sent.status()).isEqualTo(403);
    assertThat(sent.body().text()).contains("Nothing was recorded.");
  }

  @Test
  void reviewerOfSomeCratesSeesWhichAreMissing() {
    RoleGrants grants = RoleGrants.parse(List.of("reviewer:helper"));
    FixedDesk desk = with(FixedDesk.of(grants), List.of(APP));

    assertThat(desk.page(page(APP)))
        .contains("you lack the role reviewer for <bdi>app</bdi>.")
        .doesNotContain(page(APP) + "/decide");
  }

  @Test
  void absentSourceIsNotFound() {
    FixedDesk desk = desk(DeskRole.REVIEWER, APP);

    WebResponse absent = desk.get(page(TOOL));

    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.body().text()).contains("no Git source with this key");
    assertThat(desk.get(LIST + "/x").status()).isEqualTo(400);
    assertThat(desk.form(page(TOOL) + "/decide", form(TOOL, "kind=deny&reason=x")).status())
        .isEqualTo(404);
    assertThat(desk.requests(GitSourceDecisionRequest.class)).isEmpty();
  }

  @Test
  void showsTextsOfOthersAsText() {
    GitSourcesReply hostile = HostileSample.of(GitSourceOperations.GIT_SOURCES);
    FixedDesk desk = with(FixedDesk.of(DeskRole.ADMIN), hostile.sources());

    HostileSample.assertEscaped(desk.page(LIST));
    HostileSample.assertEscaped(desk.page(page(hostile.sources().getFirst()) + "?done=1"));
  }
}
