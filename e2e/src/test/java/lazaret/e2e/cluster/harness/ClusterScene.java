package lazaret.e2e.cluster.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.GateProcess;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.ObjectPlace;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.postgres.connection.PostgresAddress;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.objects.FaultyObjectProxy;
import lazaret.testkit.wire.PostgresWireProxy;

/// Servers that share a store, with one upstream. The test is skipped if PostgreSQL is absent.
public final class ClusterScene implements AutoCloseable {
  /// The maximum staleness of servers in tests of faults.
  public static final Duration STALENESS = Duration.ofSeconds(2);

  private final Places places;
  private final ScriptedUpstream upstream;
  private final ClusterSettings settings;
  private final List<GateProcess> started = new ArrayList<>();
  private final List<SceneNode> nodes = new ArrayList<>();

  /// The places that the servers use.
  ///
  /// @param hosts the servers of the database, or a pooler; they are not closed with the scene
  /// @param objects the object store, which is closed with the scene
  /// @param maxStaleness that of all servers
  public record Places(
      List<PostgresAddress> hosts, String database, ObjectPlace objects, Duration maxStaleness) {
    /// Copies the list.
    public Places {
      hosts = List.copyOf(hosts);
    }

    /// Returns a new database of a server, and the object store of the system property, for tests
    /// of faults.
    public static Places of(PostgresServer server) {
      return of(server, ObjectPlace.Kind.ofProperty());
    }

    /// Returns a new database of a server, and an object store, for tests of faults.
    public static Places of(PostgresServer server, ObjectPlace.Kind kind) {
      return new Places(List.of(server.address()), server.newDatabase(), objects(kind), STALENESS);
    }

    private static ObjectPlace objects(ObjectPlace.Kind kind) {
      return ObjectPlace.start(kind, WorkFolder.folder("objects"));
    }

    /// Returns these places with other servers of the database.
    public Places at(PostgresAddress... others) {
      return new Places(List.of(others), database, objects, maxStaleness);
    }
  }

  /// Starts an upstream, for servers on a new database without a schema, and without faults.
  public ClusterScene(FixtureRegistry registry) {
    this(
        registry,
        new Places(
            List.of(PostgresServer.shared().address()),
            PostgresServer.shared().emptyDatabase(),
            Places.objects(ObjectPlace.Kind.MEMORY),
            ClusterSettings.PATIENT));
  }

  /// Starts an upstream, for servers at given places.
  public ClusterScene(FixtureRegistry registry, Places places) {
    this.places = places;
    this.upstream = ScriptedUpstream.start(registry);
    ObjectPlace objects = places.objects();
    this.settings =
        new ClusterSettings(
            places.hosts().stream().map(PostgresAddress::toString).toList(),
            places.database(),
            new ClusterSettings.Bucket(objects.port(), objects.bucket(), objects.credentials()),
            WorkFolder.folder("cluster"),
            places.maxStaleness());
  }

  /// Returns the configuration of the servers, without proxies.
  public ClusterSettings settings() {
    return settings;
  }

  /// Returns the places that the servers use.
  public Places places() {
    return places;
  }

  /// Returns the upstream of all servers.
  public ScriptedUpstream upstream() {
    return upstream;
  }

  /// Starts a server without proxies, and waits until it replies.
  ///
  /// @param options further options of its JVM
  public GateProcess start(String node, List<String> options) {
    GateSettings gate =
        GateSettings.over(settings.data(node), upstream)
            .argument("--config", settings.write(node).toString());
    options.forEach(gate::option);
    return start(gate);
  }

  /// Starts a server with a store of its own.
  public GateProcess startAlone(Path data) {
    return start(GateSettings.over(data, upstream));
  }

  private GateProcess start(GateSettings gate) {
    GateProcess process = GateProcess.start(gate);
    started.add(process);
    return process;
  }

  /// Adds a server with proxies, which is not started yet.
  public SceneNode add(String node) {
    return add(node, gate -> gate);
  }

  /// Adds a server with proxies, which is not started yet.
  ///
  /// @param edit changes the settings of its start
  public SceneNode add(String node, UnaryOperator<GateSettings> edit) {
    return add(node, places.hosts(), edit);
  }

  /// Adds a server that reaches some servers of the database only.
  ///
  /// @param edit changes the settings of its start
  public SceneNode add(String node, List<PostgresAddress> hosts, UnaryOperator<GateSettings> edit) {
    List<PostgresWireProxy> wires =
        hosts.stream().map(host -> PostgresWireProxy.before(host.port())).toList();
    FaultyObjectProxy objects = FaultyObjectProxy.before(places.objects().port());
    Path file =
        settings
            .through(wires.stream().map(PostgresWireProxy::port).toList(), objects.port())
            .write(node);
    GateSettings gate =
        GateSettings.over(settings.data(node), upstream).argument("--config", file.toString());
    SceneNode added = new SceneNode(edit.apply(gate), wires, objects);
    nodes.add(added);
    return added;
  }

  /// Adds a server that reaches the database and the object store as its settings say. It is not
  /// started yet; the proxies of the result are not used.
  ///
  /// @param index the base address of the index of upstream, with a slash at its end
  /// @param edit changes the settings of its start
  public SceneNode addDirect(String node, String index, UnaryOperator<GateSettings> edit) {
    GateSettings gate =
        GateSettings.over(settings.data(node), index)
            .argument("--config", settings.write(node).toString());
    FaultyObjectProxy unused = FaultyObjectProxy.before(places.objects().port());
    SceneNode added = new SceneNode(edit.apply(gate), List.of(), unused);
    nodes.add(added);
    return added;
  }

  /// Returns a command line with options of its JVM.
  public static CliProcess cli(List<String> options) {
    CliProcess cli = CliProcess.alone();
    for (String option : options) {
      cli = cli.option(option);
    }
    return cli;
  }

  /// Returns the number that a query in the database of the store returns. The database is on the
  /// server that all tests share.
  public long number(String sql) {
    return PostgresServer.shared().number(settings.database(), sql);
  }

  /// Returns the number of crates whose artifacts are stored. The database is on the server that
  /// all tests share.
  public long stored(List<CrateBuilder> crates) {
    String digests =
        crates.stream()
            .map(crate -> "'" + crate.id().cksum().hex() + "'")
            .collect(Collectors.joining(", "));
    return number(
        "SELECT count(*) FROM lazaret.artifact WHERE encode(sha256, 'hex') IN (" + digests + ")");
  }

  /// Returns the keys of the objects that artifacts name. The database is on the server that all
  /// tests share.
  public List<String> namedObjects() {
    return PostgresServer.shared()
        .texts(
            settings.database(),
            """
            SELECT 'objects/' || left(h, 2) || '/' || h || '.' || generation
            FROM (SELECT encode(sha256, 'hex') AS h, generation FROM lazaret.artifact) AS a
            """);
  }

  /// Changes rows of the database, which is on the server that all tests share.
  public void execute(String sql) {
    PostgresServer.shared().execute(settings.database(), sql);
  }

  @Override
  public void close() {
    try {
      started.forEach(GateProcess::close);
    } finally {
      nodes.forEach(SceneNode::close);
      upstream.close();
      places.objects().close();
    }
  }
}
