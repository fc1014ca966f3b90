package lazaret.mirror.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The name resolver of this process: the system's, with a guard for names that a third party
/// chose. A guarded name resolves only to allowed addresses. The JDK's HTTP client resolves a name
/// again when it connects. Without the guard, an owner who changes the address between check and
/// connection (DNS rebinding) could reach an internal host.
///
/// The JDK finds this class through the service file of [InetAddressResolverProvider], the only way
/// to replace the resolver. The guarded names therefore apply to the whole process. Thread-safe.
public final class GuardedResolver extends InetAddressResolverProvider {
  /// The maximum number of guarded names, enough for any upstream. A redirect to one more name is
  /// refused.
  private static final int MAX_NAMES = 4_096;

  private static final Map<String, Predicate<InetAddress>> GUARDED = new ConcurrentHashMap<>();

  /// Creates the provider; called by the JDK.
  public GuardedResolver() {}

  /// Guards a name: from now on it resolves only if all of its addresses are allowed.
  ///
  /// @param allowed receives an address, and may resolve other names
  /// @return false if too many names are guarded already
  static boolean guard(String host, Predicate<InetAddress> allowed) {
    String name = host.toLowerCase(Locale.ROOT);
    if (GUARDED.size() >= MAX_NAMES && !GUARDED.containsKey(name)) {
      return false;
    }
    GUARDED.put(name, allowed);
    return true;
  }

  /// Requires that a host is on the public internet, now and whenever this process connects to it.
  ///
  /// @param host a name or a literal address
  /// @param listed hosts that may have private addresses, in lower case
  /// @throws UnknownHostException if it does not resolve, or has an address that is not public
  public static void requirePublic(String host, List<String> listed) throws UnknownHostException {
    if (listed.contains(host.toLowerCase(Locale.ROOT))) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      if (!AddressBlock.isPublic(address)) {
        throw new UnknownHostException(
            host + " leads to the private address " + address.getHostAddress());
      }
    }
    if (!guard(host, AddressBlock::isPublic)) {
      throw new UnknownHostException(host + " is one host more than this process can watch");
    }
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Guard(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "guarded names";
  }

  /// The resolver that checks the addresses of guarded names.
  ///
  /// @param system the resolver of the JDK
  record Guard(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      Predicate<InetAddress> allowed = GUARDED.get(host.toLowerCase(Locale.ROOT));
      if (allowed == null) {
        return system.lookupByName(host, policy);
      }
      List<InetAddress> found;
      try (Stream<InetAddress> all = system.lookupByName(host, policy)) {
        found = all.toList();
      }
      for (InetAddress address : found) {
        if (!allowed.test(address)) {
          throw new UnknownHostException(
              host + " now leads to the private address " + address.getHostAddress());
        }
      }
      return found.stream();
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }
}
