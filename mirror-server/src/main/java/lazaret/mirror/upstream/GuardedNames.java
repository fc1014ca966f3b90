package lazaret.mirror.upstream;

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

/// The resolver of this process: the system's, except that a name that a stranger chose keeps
/// leading where it was allowed to lead. The JDK's HTTP client resolves a name by itself when it
/// connects; without this, a name whose owner changes its address between the check and the
/// connection (DNS rebinding) would reach a host of the inside.
///
/// The JDK finds this class through the service file of [InetAddressResolverProvider] and offers no
/// other way in, so what is guarded is known to the whole process. Thread-safe.
public final class GuardedNames extends InetAddressResolverProvider {
  /// Enough for any upstream; a redirect to yet another name is refused then.
  private static final int MAX_NAMES = 4_096;

  private static final Map<String, Predicate<InetAddress>> GUARDED = new ConcurrentHashMap<>();

  /// Made by the JDK.
  public GuardedNames() {}

  /// From now on a name resolves only while every address of it is allowed.
  ///
  /// @param allowed takes an address, and may resolve other names
  /// @return whether there was room for one more name
  static boolean guard(String host, Predicate<InetAddress> allowed) {
    String name = host.toLowerCase(Locale.ROOT);
    if (GUARDED.size() >= MAX_NAMES && !GUARDED.containsKey(name)) {
      return false;
    }
    GUARDED.put(name, allowed);
    return true;
  }

  /// Makes sure that a host leads to the public internet, now and whenever this process connects to
  /// it.
  ///
  /// @param host a name or a literal address
  /// @param listed hosts that may have private addresses, in lower case
  /// @throws UnknownHostException if it does not resolve, or leads to an address that is not public
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

  /// Asks the system and looks at what it says.
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
              host + " has come to lead to the private address " + address.getHostAddress());
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
