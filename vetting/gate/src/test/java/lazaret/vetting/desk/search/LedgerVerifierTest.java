package lazaret.vetting.desk.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerVerifierTest {
  private final GateFixture station = new GateFixture();
  private UnaryOperator<LedgerEntry> change = UnaryOperator.identity();
  private long omitted;

  @BeforeEach
  void decideFourTimes() {
    for (String name : List.of("alpha", "beta", "gamma", "delta")) {
      decide(name);
    }
  }

  @AfterEach
  void close() {
    station.close();
  }

  @Test
  void verifiesSomeEntriesACallUntilTheChainIsWhole() {
    LedgerVerifier verifier = verifier(3);

    LedgerVerification first = verifier.verify();
    LedgerVerification second = verifier.verify();

    assertThat(first.verified()).isEqualTo(3);
    assertThat(first.entries()).isEqualTo(4);
    assertThat(first.complete()).isFalse();
    assertThat(second.complete()).isTrue();
    assertThat(second.at()).isEqualTo(GateFixture.START);
    assertThat(second.head()).isEqualTo(station.store.ledgerHead().orElseThrow().hash());
  }

  @Test
  void verifiesNewEntriesAlone() {
    LedgerVerifier verifier = verifier(10);
    verifier.verify();
    change = entry -> entry.sequence() < 4 ? altered(entry) : entry;
    decide("epsilon");

    LedgerVerification state = verifier.verify();

    assertThat(state.verified()).isEqualTo(5);
    assertThat(state.complete()).isTrue();
  }

  @Test
  void beginsAgainAfterAnHour() {
    LedgerVerifier verifier = verifier(10);
    verifier.verify();
    change = entry -> entry.sequence() == 2 ? altered(entry) : entry;
    station.clock.advance(LedgerVerifier.AGE);

    assertThat(verifier.verify().broken()).isEqualTo(2);
  }

  @Test
  void namesTheFirstAlteredEntryUntilItIsRestored() {
    LedgerVerifier verifier = verifier(10);
    change = entry -> entry.sequence() >= 3 ? altered(entry) : entry;

    LedgerVerification state = verifier.verify();

    assertThat(state.broken()).isEqualTo(3);
    assertThat(state.fault()).startsWith("entry 3 was altered: its hash is ");
    assertThat(state.verified()).isEqualTo(2);
    assertThat(state.complete()).isFalse();
    assertThat(verifier.verify().broken()).isEqualTo(3);

    change = UnaryOperator.identity();
    assertThat(verifier.verify().complete()).isTrue();
  }

  @Test
  void namesAMissingEntry() {
    omitted = 2;

    LedgerVerification state = verifier(10).verify();

    assertThat(state.broken()).isEqualTo(2);
    assertThat(state.fault()).isEqualTo("expected entry 2, found 3");
  }

  @Test
  void namesAMissingFirstAndLastEntry() {
    omitted = 1;
    assertThat(verifier(10).verify().fault()).isEqualTo("expected entry 1, found 2");

    omitted = 4;
    LedgerVerification state = verifier(10).verify();
    assertThat(state.broken()).isEqualTo(4);
    assertThat(state.fault()).isEqualTo("expected entry 4, found none");
  }

  private void decide(String name) {
    CrateId id = station.publish(name, "1.0.0", 1);
    station.decide(Decision.Kind.APPROVE, id);
  }

  private LedgerVerifier verifier(int limit) {
    return new LedgerVerifier(changed(station.store), station.clock, limit);
  }

  private static LedgerEntry altered(LedgerEntry entry) {
    return new LedgerEntry(
        entry.sequence(),
        entry.event(),
        Bytes.utf8(entry.encoded().text() + " "),
        entry.previous(),
        entry.hash());
  }

  /// Returns a store with another ledger.
  private Store changed(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("ledger")) {
                Stream<LedgerEntry> entries = store.ledger((long) arguments[0]);
                return entries.filter(each -> each.sequence() != omitted).map(change);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
