package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static String page(long entries) {
    StatusReply sample = HostileSample.of(StoreOperations.STATUS);
    StatusReply status =
        new StatusReply(
            sample.version(),
            sample.time(),
            sample.upstream(),
            sample.policy(),
            sample.crates(),
            sample.artifacts(),
            sample.openRequests(),
            entries,
            sample.disk(),
            sample.storeFaults(),
            sample.storeWithholds(),
            sample.feeds(),
            sample.dropped(),
            sample.snapshot(),
            sample.removals());
    return FixedDesk.of(DeskRole.READER).reply(StoreOperations.STATUS, status).page("/desk/status");
  }

  @Test
  void countsTheEntriesOfTheLedger() {
    assertThat(page(1)).contains("<a href=\"/desk/events\">1 entry</a>");
    assertThat(page(1_204)).contains("<a href=\"/desk/events\">1,204 entries</a>");
  }

  @Test
  void datesOfFeedsAreElementsOfTime() {
    assertThat(page(7)).contains("<time datetime=\"2026-11-28\">today</time>");
  }
}
