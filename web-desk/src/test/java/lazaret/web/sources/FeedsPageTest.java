package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.deskapi.AuditOperations;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.audits.AuditsReply;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedsRefreshReply;
import lazaret.vetting.deskapi.feeds.FeedsReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import lazaret.web.WebResponse;
import org.junit.jupiter.api.Test;

class FeedsPageTest {
  private final FixedDesk admin = empty(FixedDesk.of(DeskRole.ADMIN));
  private final FixedDesk reader = empty(FixedDesk.of(DeskRole.READER));

  @Test
  void saysWhatIsMissing() {
    assertThat(reader.page("/desk/feeds"))
        .contains("No feed was imported.", "No audits of other parties were imported.")
        .contains("No feed: <bdi>no advisory feed was imported yet</bdi>");
  }

  @Test
  void offersRefreshesToAdministratorsAlone() {
    assertThat(admin.page("/desk/feeds"))
        .contains("action=\"/desk/feeds/refresh\"", "action=\"/desk/feeds/audits/refresh\"");
    assertThat(reader.page("/desk/feeds")).doesNotContain("/refresh\"");
    assertThat(reader.form("/desk/feeds/refresh", "").status()).isEqualTo(403);
  }

  @Test
  void showsThePageAgainAfterARefresh() {
    admin.reply(FeedOperations.REFRESH_FEEDS, new FeedsRefreshReply(List.of()));

    WebResponse response = admin.form("/desk/feeds/refresh", "");

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.fields())
        .contains(new WebResponse.Field("location", "/desk/feeds?done=feeds"));
    assertThat(admin.page("/desk/feeds?done=feeds")).contains("The feeds were requested.");
  }

  @Test
  void showsTextsOfOthersAsText() {
    reader
        .reply(FeedOperations.FEEDS, HostileSample.of(FeedOperations.FEEDS))
        .reply(AuditOperations.AUDITS, HostileSample.of(AuditOperations.AUDITS));

    String page = reader.page("/desk/feeds");

    HostileSample.assertEscaped(page);
    assertThat(page).contains("failed.</b>", "Violations against audits");
  }

  private static FixedDesk empty(FixedDesk desk) {
    FeedAgeInfo none =
        new FeedAgeInfo(FeedAgeInfo.State.NONE, "no advisory feed was imported yet", null);
    return desk.reply(FeedOperations.FEEDS, new FeedsReply(none, List.of(), List.of(), List.of()))
        .reply(AuditOperations.AUDITS, new AuditsReply(List.of(), List.of(), List.of()));
  }
}
