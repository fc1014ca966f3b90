package lazaret.e2e.cluster.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.Programs;

/// Network namespaces, one for each server, with an interface for each [Link] to a bridge of the
/// machine. The kernel drops the packets of a link that a test cuts, and the connections stay open.
///
/// All names contain the number of this process, and all addresses are in 10.213.0.0/16.
public final class ClusterNetwork implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  /// The number of addresses of one link, as in `/26`.
  private static final int ADDRESSES = 64;

  /// The address of each bridge. A bridge without one of its own changes it with its interfaces.
  private static final String BRIDGE_ADDRESS = "02:00:00:00:00:01";

  /// An address that no interface has.
  private static final String NO_ADDRESS = "02:00:00:00:00:02";

  private final String name;
  private final long block;
  private final List<String> servers = new ArrayList<>();

  /// The commands that remove what was made, the last one first.
  private final Deque<String> removals = new ArrayDeque<>();

  /// The connections of a server to the machine, which fail one by one.
  public enum Link {
    /// Clients of the server, and its upstream.
    CLIENTS(0),
    /// PostgreSQL.
    DATABASE(1),
    /// The object store.
    OBJECTS(2);

    private final int place;

    Link(int place) {
      this.place = place;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String letter() {
      return word().substring(0, 1);
    }
  }

  private ClusterNetwork(String name, long block) {
    this.name = name;
    this.block = block;
  }

  /// Makes a network without servers. The test is skipped if this machine cannot make one, or does
  /// not permit it.
  public static ClusterNetwork start() {
    assumeTrue(Programs.isRoot(), "root alone makes network namespaces");
    assumeTrue(
        Machine.program("ip").isPresent(),
        "the program ip is not installed: 'apt-get install iproute2'");
    long process = ProcessHandle.current().pid();
    // The name of an interface has at most 15 characters.
    String name = "lz%s-%d".formatted(Long.toString(process, 36), NUMBERS.incrementAndGet());
    assumePermitted(name);
    ClusterNetwork network = new ClusterNetwork(name, process % 256);
    try {
      for (Link link : Link.values()) {
        network.addBridge(link);
      }
      return network;
    } catch (RuntimeException | AssertionError e) {
      network.close();
      throw e;
    }
  }

  /// Makes one thing of each kind, and removes all of them.
  private static void assumePermitted(String name) {
    List<ProgramResult> tried =
        Stream.of(
                "netns add " + name,
                "netns exec " + name + " true",
                "link add " + name + "x type veth peer name y netns " + name,
                "link add " + name + "z type bridge")
            .map(ClusterNetwork::ip)
            .toList();
    List<ProgramResult> _ =
        Stream.of("link del " + name + "x", "link del " + name + "z", "netns del " + name)
            .map(ClusterNetwork::ip)
            .toList();
    for (ProgramResult each : tried) {
      assumeTrue(
          each.exit() == 0,
          "this machine makes no network namespaces: '%s' ended with '%s'"
              .formatted(String.join(" ", each.command()), each.err().strip()));
    }
  }

  private static ProgramResult ip(String command) {
    return Programs.run(PATIENCE, ("ip " + command).split(" ", -1));
  }

  private static void run(String command) {
    ip(command).ok();
  }

  private void make(String command, String removal) {
    run(command);
    removals.push(removal);
  }

  private void addBridge(Link link) {
    String bridge = bridge(link);
    make(
        "link add %s address %s type bridge".formatted(bridge, BRIDGE_ADDRESS),
        "link del " + bridge);
    run("addr add " + machine(link) + "/26 dev " + bridge);
    run("link set " + bridge + " up");
  }

  /// Makes the namespace of one more server.
  ///
  /// @param server a short name
  public void add(String server) {
    servers.add(server);
    String namespace = namespace(server);
    make("netns add " + namespace, "netns del " + namespace);
    run("-n " + namespace + " link set lo up");
    for (Link link : Link.values()) {
      String outside = outside(server, link);
      String inside = link.word();
      make(
          "link add %s type veth peer name %s netns %s".formatted(outside, inside, namespace),
          "link del " + outside);
      run("link set " + outside + " master " + bridge(link));
      run("-n %s addr add %s/26 dev %s".formatted(namespace, server(server, link), inside));
      run("-n %s link set %s up".formatted(namespace, inside));
      run("link set " + outside + " up");
    }
  }

  /// Returns the namespace of a server, for `ip netns exec`.
  public String namespace(String server) {
    return name + "-" + server;
  }

  /// Returns the address of a server on a link.
  public String server(String server, Link link) {
    int index = servers.indexOf(server);
    if (index < 0) {
      throw new IllegalArgumentException(server);
    }
    return address(link, index + 2);
  }

  /// Returns the address of the machine on a link.
  public String machine(Link link) {
    return address(link, 1);
  }

  private String address(Link link, int number) {
    return "10.213.%d.%d".formatted(block, link.place * ADDRESSES + number);
  }

  private String bridge(Link link) {
    return name + link.letter();
  }

  /// Returns the interface of the machine that leads to a server.
  private String outside(String server, Link link) {
    return name + link.letter() + servers.indexOf(server);
  }

  /// Parts a server from the machine on one link: no packet passes.
  public void part(String server, Link link) {
    run("link set " + outside(server, link) + " down");
  }

  /// Loses what the machine sends to a server on one link. What the server sends arrives.
  public void loseReplies(String server, Link link) {
    run(
        "neigh replace %s lladdr %s dev %s nud permanent"
            .formatted(server(server, link), NO_ADDRESS, bridge(link)));
  }

  /// Joins a server and the machine again, whichever way they were parted.
  public void heal(String server, Link link) {
    run("link set " + outside(server, link) + " up");
    // The entry is absent unless replies were lost. The kernel looks for it at the next packet.
    ProgramResult _ = ip("neigh del %s dev %s".formatted(server(server, link), bridge(link)));
  }

  /// Removes the namespaces and bridges, after the programs in them have ended.
  @Override
  public void close() {
    List<ProgramResult> failed = new ArrayList<>();
    while (!removals.isEmpty()) {
      ProgramResult removed = ip(removals.pop());
      if (removed.exit() != 0) {
        failed.add(removed);
      }
    }
    assertThat(failed).as("parts of a network that are left on the machine").isEmpty();
  }
}
