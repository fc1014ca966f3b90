package lazaret.web.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.EventOperations;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import lazaret.vetting.deskapi.events.EventInfo;
import lazaret.vetting.deskapi.events.EventsReply;
import lazaret.vetting.deskapi.events.EventsRequest;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;
import lazaret.vetting.deskapi.events.NoticeInfo;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventsPageTest {
  private static final Sha256 HASH = Sha256.parse("ab".repeat(32));
  private static final Instant AT = Instant.parse("2026-11-28T17:34:00Z");

  private final FixedDesk desk =
      FixedDesk.of(DeskRole.REVIEWER)
          .reply(EventOperations.EVENTS, new EventsReply(List.of(notice(15), notice(14)), 15, 14L))
          .reply(EventOperations.VERIFY_LEDGER, whole());

  @Test
  void showsTheNewestEntriesFirst() {
    String page = desk.page("/desk/events");

    assertThat(page)
        .contains("<tr id=\"e15\">", "href=\"/desk/crates/zstd-sys/2.1.3\"", "yank-wave")
        .contains("href=\"/desk/events?before=14\"")
        .doesNotContain("Newer entries");
    assertThat(page.indexOf("id=\"e15\"")).isLessThan(page.indexOf("id=\"e14\""));
    assertThat(desk.requests(EventsRequest.class))
        .containsExactly(new EventsRequest(null, 100, null, true, null, null, null));
  }

  @Test
  void showsThePartAfterAnEntryForLinksToIt() {
    desk.reply(EventOperations.EVENTS, new EventsReply(List.of(notice(8), notice(9)), 9));

    String page = desk.page("/desk/events?after=7");

    assertThat(page.indexOf("id=\"e9\"")).isLessThan(page.indexOf("id=\"e8\""));
    assertThat(page).contains("href=\"/desk/events?before=8\"", "href=\"/desk/events?after=9\"");
    assertThat(desk.requests(EventsRequest.class))
        .containsExactly(new EventsRequest(7L, 100, null, false, null, null, null));
  }

  @Test
  void keepsTheFilterInTabsAndPages() {
    String page = desk.page("/desk/events?only=alarms&crate=zstd-sys&q=a%26b&before=20");

    assertThat(page)
        .contains("href=\"/desk/events?only=decisions&amp;crate=zstd-sys&amp;q=a%26b\"")
        .contains("href=\"/desk/events?only=alarms&amp;crate=zstd-sys&amp;q=a%26b&amp;before=14\"")
        .contains("aria-current=\"page\">Alarms", "value=\"a&amp;b\"");
    assertThat(desk.requests(EventsRequest.class))
        .containsExactly(
            new EventsRequest(
                null,
                100,
                20L,
                true,
                EventsRequest.Kind.ALARMS,
                CrateName.parse("zstd-sys"),
                "a&b"));
  }

  @Test
  void statesAMistakeInTheNameOfACrate() {
    String page = desk.page("/desk/events?crate=%3Cb%3E");

    assertThat(page)
        .contains("Expected the whole name of a crate", "aria-invalid=\"true\"", "value=\"&lt;b>\"")
        .contains("No entry matches here.");
    assertThat(desk.requests(EventsRequest.class)).isEmpty();
  }

  @Test
  void sealsAWholeChainWithItsHead() {
    assertThat(desk.page("/desk/events"))
        .contains("<b>Chain whole</b> from entry 1 to 15, verified <time")
        .contains("today, 17:34", "abababababababab<wbr>");
  }

  @Test
  void showsHowFarTheVerificationCame() {
    desk.reply(EventOperations.VERIFY_LEDGER, seal(20_000, 45_210, null, null));

    assertThat(desk.page("/desk/events"))
        .contains("Verified to entry 20,000 of 45,210", "max=\"45210\" value=\"20000\"")
        .doesNotContain("Chain whole");
  }

  @Test
  void namesTheFirstBrokenEntry() {
    desk.reply(EventOperations.VERIFY_LEDGER, seal(11, 15, 12L, "entry 12 was altered"));

    assertThat(desk.page("/desk/events"))
        .contains("class=\"card seal bad\"", "role=\"alert\"", "Chain broken at entry 12")
        .doesNotContain("Chain whole");
  }

  @Test
  void saysThatAnEmptyLedgerHasNoEntry() {
    desk.reply(EventOperations.VERIFY_LEDGER, seal(0, 0, null, null));
    desk.reply(EventOperations.EVENTS, new EventsReply(List.of(), 0));

    assertThat(desk.page("/desk/events")).contains("No entry is recorded.</b>");
  }

  @Test
  void leadsFromAPartWithoutAMatchToOthers() {
    desk.reply(EventOperations.EVENTS, new EventsReply(List.of(), 12));

    assertThat(desk.page("/desk/events?after=3&q=zstd"))
        .contains("No entry matches here.</b>", "the buttons lead to others.")
        .contains("href=\"/desk/events?q=zstd&amp;after=12\"")
        .contains("href=\"/desk/events?q=zstd&amp;before=4\"");
    assertThat(desk.page("/desk/events?after=3")).contains("No entry is in this part.</b>");
  }

  @Test
  void showsTextsOfOthersAsText() {
    DecisionInfo decision = HostileSample.of(DecisionInfo.class);
    NoticeInfo notice = HostileSample.of(NoticeInfo.class);
    desk.reply(
        EventOperations.EVENTS,
        new EventsReply(
            List.of(
                new EventInfo(2, HASH, HASH, "{}", decision, null),
                new EventInfo(1, HASH, HASH, "{}", null, notice)),
            2));
    desk.reply(EventOperations.VERIFY_LEDGER, HostileSample.of(EventOperations.VERIFY_LEDGER));

    HostileSample.assertEscaped(desk.page("/desk/events?q=%22%3E%3Cscript%3E"));
  }

  @Test
  void refusesAPersonWhoMayNotReadTheLedger() {
    FixedDesk reader = FixedDesk.of(DeskRole.READER);

    assertThat(reader.get("/desk/events").status()).isEqualTo(403);
    assertThat(reader.page("/desk/events")).doesNotContain("class=\"filters\"");
  }

  private static EventInfo notice(long sequence) {
    return new EventInfo(
        sequence,
        HASH,
        HASH,
        "{}",
        null,
        new NoticeInfo(
            "yank-wave", true, AT, "gate", CrateName.parse("zstd-sys"), "2.1.3", "five yanked"));
  }

  private static LedgerVerificationReply whole() {
    return seal(15, 15, null, null);
  }

  private static LedgerVerificationReply seal(
      long verified, long entries, @Nullable Long broken, @Nullable String fault) {
    return new LedgerVerificationReply(
        verified, entries, verified == entries, HASH, AT, broken, fault);
  }
}
