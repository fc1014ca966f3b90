package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardedResolverTest {
  private static final InetAddressResolver.LookupPolicy ANY =
      InetAddressResolver.LookupPolicy.of(
          InetAddressResolver.LookupPolicy.IPV4 | InetAddressResolver.LookupPolicy.IPV6);

  private static InetAddressResolver saying(AtomicReference<String> address) {
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
        if (host.equals("index.example.org")) {
          return Stream.of(InetAddress.ofLiteral("151.101.1.8"));
        }
        return Stream.of(
            InetAddress.ofLiteral("151.101.1.9"), InetAddress.ofLiteral(address.get()));
      }

      @Override
      public String lookupByAddress(byte[] bytes) {
        return "reverse.example.org";
      }
    };
  }

  @Test
  void nameThatIsReboundAfterTheCheckNoLongerResolves() throws UnknownHostException {
    var address = new AtomicReference<>("151.101.1.1");
    var guard = new GuardedResolver.Guard(saying(address));
    DestinationPolicy destinations =
        new DestinationPolicy(
            URI.create("https://index.example.org/"),
            List.of(),
            _ -> false,
            host -> guard.lookupByName(host, ANY).toArray(InetAddress[]::new));
    URI index = URI.create("https://index.example.org/");
    assertThat(destinations.check(index, URI.create("https://Rebinding.example.org/x")))
        .isInstanceOf(DestinationPolicy.Decision.Allowed.class);
    assertThat(guard.lookupByName("rebinding.example.org", ANY)).hasSize(2);

    address.set("169.254.169.254");

    assertThatThrownBy(() -> guard.lookupByName("rebinding.example.org", ANY))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("169.254.169.254");
    assertThatThrownBy(() -> guard.lookupByName("REBINDING.example.org", ANY))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void otherNamesAreLeftToTheSystem() throws UnknownHostException {
    var guard = new GuardedResolver.Guard(saying(new AtomicReference<>("10.0.0.1")));
    assertThat(guard.lookupByName("gate.corp", ANY)).hasSize(2);
    assertThat(guard.lookupByAddress(new byte[4])).isEqualTo("reverse.example.org");
  }

  /// Without this, the tests of the guard would not concern the real resolver.
  @Test
  void theProcessResolvesThroughIt() throws UnknownHostException {
    // Spelled so that no earlier result of this process is cached.
    String unusual = "LoCaLhOsT";
    List<InetAddress> seen = new CopyOnWriteArrayList<>();
    assertThat(
            GuardedResolver.guard(
                unusual, address -> seen.add(address) && address.isLoopbackAddress()))
        .isTrue();
    assertThat(seen).isEmpty();
    assertThat(InetAddress.getAllByName(unusual)).isNotEmpty();
    assertThat(seen).isNotEmpty();
  }
}
