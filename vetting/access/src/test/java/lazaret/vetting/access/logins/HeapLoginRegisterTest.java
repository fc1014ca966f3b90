package lazaret.vetting.access.logins;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class HeapLoginRegisterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final LoginRegister register = new HeapLoginRegister(LoginLimits.USUAL, new Random(1));

  @Test
  void endOfApprovedLoginsWaitsForATokenThatIsMade() throws InterruptedException {
    Sha256 device = Sha256.of(Bytes.utf8("device"));
    LoginOrder order = new LoginOrder("laptop", "cli", List.of("reader"), "10.0.0.1");
    PendingLogin login = register.add(order, device, NOW);
    LoginGrant grant = new LoginGrant("ann", List.of("reader"), NOW.plusSeconds(60), null);
    register.answer(login.code(), "ann", grant, NOW);
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    Thread end =
        new Thread(
            () -> {
              register.removeApproved("ann", NOW);
              steps.add("ended");
            });

    LoginRegister.Polled polled =
        register.poll(
            device,
            NOW,
            state -> {
              end.start();
              while (end.isAlive() && end.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              steps.add("made");
              return state;
            },
            _ -> {
              throw new AssertionError("withdrawn");
            });
    end.join();

    assertThat(polled).isEqualTo(new LoginRegister.Polled.Approved(order, grant));
    assertThat(steps).containsExactly("made", "ended");
  }
}
