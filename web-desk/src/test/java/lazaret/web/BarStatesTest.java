package lazaret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.RequestOperations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.page.PageFrame.BarState;
import org.junit.jupiter.api.Test;

class BarStatesTest {
  private Instant now = FixedDesk.NOW;
  private final BarStates bar = new BarStates(new Watch());

  private final class Watch extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static FixedDesk desk(DeskRole role) {
    return FixedDesk.of(role)
        .reply(StoreOperations.STATUS, HostileSample.of(StoreOperations.STATUS))
        .reply(RequestOperations.QUEUE_GROUPS, HostileSample.of(RequestOperations.QUEUE_GROUPS));
  }

  /// Shows the bar to a person three times.
  private BarState show(FixedDesk desk, DeskRole role) {
    BarState state = new BarState(null, "", "good");
    for (int i = 0; i < 3; i++) {
      state =
          bar.of(
              new WebRequest(
                  "GET",
                  "/desk/status",
                  "",
                  _ -> Optional.empty(),
                  Bytes.EMPTY,
                  true,
                  new WebVisitor.SignedIn("mara", "Mara", RoleGrants.of(role)),
                  desk));
    }
    return state;
  }

  @Test
  void readsTheStateOnceInTenSecondsForReadersToo() {
    FixedDesk desk = desk(DeskRole.READER);

    assertThat(show(desk, DeskRole.READER).waiting()).isNull();
    now = now.plus(Duration.ofSeconds(11));
    assertThat(show(desk, DeskRole.READER).waiting()).isNull();

    assertThat(desk.requests(EmptyRequest.class)).hasSize(2);
    assertThat(desk.requests(QueueGroupsRequest.class)).isEmpty();
  }

  @Test
  void reviewerSeesTheCountAfterAReader() {
    BarState _ = show(desk(DeskRole.READER), DeskRole.READER);

    assertThat(show(desk(DeskRole.REVIEWER), DeskRole.REVIEWER).waiting()).isNotNull();
  }
}
