package lazaret.web.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.requests.AtomFeedReply;
import lazaret.vetting.deskapi.requests.RefusalFeedRequest;
import lazaret.vetting.deskapi.requests.RefusalReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import lazaret.web.desk.WebDesk;
import org.junit.jupiter.api.Test;

class RequestPageTest {
  private static final String PATH = "/desk/request/serde_json/1.0.9+build.5";

  private static FixedDesk desk(FixedDesk desk) {
    RefusalReply served = HostileSample.of(RequestOperations.REFUSAL);
    return desk.reply(
        RequestOperations.REFUSAL,
        new RefusalReply(
            served.name(),
            served.version(),
            served.cksum(),
            served.verdict(),
            false,
            true,
            null,
            false,
            served.replacement(),
            false,
            false));
  }

  @Test
  void namesItsFeed() {
    assertThat(desk(FixedDesk.anonymous()).page(PATH))
        .contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
        .contains("href=\"" + PATH + "/feed\"")
        .doesNotContain("/desk/people/me/requests");
    assertThat(desk(FixedDesk.of(DeskRole.READER)).page(PATH))
        .contains("<a href=\"/desk/people/me/requests\">Your requests</a>");
  }

  @Test
  void theFeedNeedsNoSignInOnAnOpenGate() {
    Bytes atom = Bytes.utf8("<feed/>");
    FixedDesk desk =
        FixedDesk.anonymous().reply(RequestOperations.REFUSAL_FEED, new AtomFeedReply(atom));

    WebResponse feed = desk.get(PATH + "/feed");

    assertThat(feed.status()).isEqualTo(200);
    assertThat(feed.body()).isEqualTo(atom);
    assertThat(feed.fields())
        .contains(new WebResponse.Field("etag", '"' + Sha256.of(atom).hex() + '"'));
    assertThat(desk.requests(RefusalFeedRequest.class))
        .containsExactly(
            new RefusalFeedRequest(
                CrateName.parse("serde_json"),
                CrateVersion.parse("1.0.9+build.5"),
                URI.create("https://crates.example.org")));
  }

  @Test
  void theFeedOfAnUnknownVersionIsNotFound() {
    FixedDesk desk =
        FixedDesk.anonymous()
            .refuse(RequestOperations.REFUSAL_FEED, ErrorCode.UNKNOWN, HostileSample.TEXT);

    WebResponse page = desk.get(PATH + "/feed");

    assertThat(page.status()).isEqualTo(404);
    HostileSample.assertEscaped(page.body().text());
    assertThat(desk.get("/desk/request/%3Cb%3E/1.0.0/feed").status()).isEqualTo(400);
  }

  @Test
  void showsTextsOfOthersAsText() {
    HostileSample.assertEscaped(desk(FixedDesk.anonymous()).page(PATH));
  }

  @Test
  void keepsTheReasonOfARefusedForm() {
    FixedDesk desk =
        desk(FixedDesk.anonymous())
            .refuse(RequestOperations.SUBMIT, ErrorCode.MALFORMED_INPUT, "the version is served");

    WebResponse page = desk.form(PATH, "reason=%3C/textarea%3E%3Cscript%3Ealert(1)");

    assertThat(page.status()).isEqualTo(400);
    assertThat(page.body().text())
        .contains("Nothing was recorded.", "the version is served.")
        .contains("&lt;/textarea&gt;&lt;script&gt;alert(1)</textarea>");
  }

  @Test
  void onlyFeedsAcceptATokenInPlaceOfASession() {
    assertThat(WebDesk.isFeed(PATH + "/feed")).isTrue();
    assertThat(WebDesk.isFeed("/desk/people/me/requests/feed")).isTrue();
    assertThat(WebDesk.isFeed(PATH)).isFalse();
    assertThat(WebDesk.isFeed("/desk/people/me/requests")).isFalse();
    assertThat(WebDesk.isFeed("/desk/crates/serde/1.0.0/files/feed")).isFalse();
  }
}
