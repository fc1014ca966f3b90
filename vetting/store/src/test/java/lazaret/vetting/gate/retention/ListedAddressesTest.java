package lazaret.vetting.gate.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListedAddressesTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-27");

  private final DropCounts dropped = new DropCounts();
  private final ListedAddresses addresses = new ListedAddresses(120, dropped);

  private int listed(LocalDate day, int versions, String prefix, int clients) {
    int listed = 0;
    for (int version = 0; version < versions; version++) {
      var subject = new ListedAddresses.Subject(day, "crate 1.0." + version);
      for (int client = 0; client < clients; client++) {
        String address = prefix + Integer.toHexString(client);
        boolean own = addresses.add(subject, address, 1, Set::of).equals(address);
        listed += own ? 1 : 0;
      }
    }
    return listed;
  }

  @Test
  void boundsTheRecordsOfOneNetworkWithManyAddresses() {
    assertThat(listed(DAY, 500, "2001:db8::", 100)).isEqualTo(ListedAddresses.NETWORK_A_DAY);
    assertThat(dropped.count(DropKind.ADDRESSES)).isEqualTo(30_000);
    assertThat(listed(DAY, 500, "2001:db8:0:1::", 1)).as("another network").isEqualTo(500);
    assertThat(listed(DAY.plusDays(1), 1, "2001:db8::", 1)).as("the next day").isOne();
  }

  @Test
  void manyNetworksLeaveBoundedRecords() {
    int listed = 0;
    for (int network = 0; network < 30; network++) {
      listed += listed(DAY, 10_000, "2001:db8:0:" + network + "::", 1);
    }
    assertThat(listed).isEqualTo(ListedAddresses.ALL_A_DAY);
  }

  @Test
  void addressesOfOneVersionAreBounded() {
    assertThat(listed(DAY, 1, "2001:db8::", 150)).isEqualTo(120);
    assertThat(listed(DAY, 1, "2001:db8::", 120)).as("listed already").isEqualTo(120);
    assertThat(dropped.count(DropKind.ADDRESSES)).isEqualTo(30);
  }
}
