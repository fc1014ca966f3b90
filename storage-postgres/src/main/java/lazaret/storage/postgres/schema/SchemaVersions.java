package lazaret.storage.postgres.schema;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.storage.provider.DatabaseService;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.StoreException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/// The version of the schema, with the change to the one that this program needs. Nodes of two
/// releases work on one database: a program runs on a newer schema until a migration states that it
/// is too old.
public final class SchemaVersions {
  /// The schema that has all tables.
  public static final String SCHEMA = "lazaret";

  /// The number of times that a migration waits for its locks, and the pause in between.
  private static final int ATTEMPTS = 60;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final String MIGRATIONS = "classpath:lazaret/storage/postgres/schema";

  /// The beginning of the description of migrations that end the work of older programs. A command
  /// runs them, and never a start.
  private static final String CONTRACT = "contract";

  /// The row `cluster` is locked first, as by a node that registers.
  private static final String LOCK = "SELECT counter FROM lazaret.cluster WHERE one FOR UPDATE";

  private static final String OLDER =
      """
      SELECT name, program FROM lazaret.node WHERE program < ? AND at > clock_timestamp()
        - greatest(10000, 10 * max_staleness_ms) * interval '1 millisecond'
      ORDER BY name
      FOR UPDATE
      """;

  private final PostgresConnections connections;
  private final ProgramVersion program;

  /// The state of the schema.
  ///
  /// @param version the number of its last migration
  /// @param oldestProgram the generation of the oldest program that may use it
  private record State(int version, int oldestProgram) {}

  private SchemaVersions(PostgresConnections connections, ProgramVersion program) {
    this.connections = connections;
    this.program = program;
  }

  /// Returns the versions of a database and of this program.
  public static SchemaVersions of(PostgresConnections connections) {
    return new SchemaVersions(connections, ProgramVersion.read());
  }

  /// Returns the generation of this program. Each migration increases it.
  public int program() {
    return program.number();
  }

  /// Makes sure that the database has a schema that this program can use.
  ///
  /// @throws StoreException with code `store-unusable` if it has not
  public void prepare(SchemaMode mode) {
    Optional<State> found = read();
    found.ifPresent(this::requireProgram);
    int version = found.map(State::version).orElse(0);
    if (version >= program.schema()) {
      return;
    }
    switch (mode) {
      case CHECK -> throw tooOld(version, "vetting-cli store migrate");
      case EXPAND -> expand(found.isEmpty());
    }
    State now = current();
    requireProgram(now);
    if (now.version() < program.schema()) {
      throw tooOld(now.version(), "vetting-cli store migrate --contract");
    }
  }

  private StoreException tooOld(int version, String command) {
    return unusable(
        "expected a schema of version %d, found %d; run '%s'"
            .formatted(program.schema(), version, command),
        null);
  }

  private State current() {
    return read().orElseThrow(() -> unusable("its schema was removed meanwhile", null));
  }

  private void requireProgram(State state) {
    if (state.oldestProgram() > program.number()) {
      throw unusable(
          "its schema needs a program of generation %d or later, this is %d; install a newer one"
              .formatted(state.oldestProgram(), program.number()),
          null);
    }
  }

  /// Changes the schema to the newest form that this program knows.
  ///
  /// @param contracts whether migrations run that end the work of older programs. No node of them
  ///   may be alive; those that sleep refuse to work when they wake
  /// @return the versions afterwards
  /// @throws StoreException with code `store-unusable` if a node of an older program lives, or the
  ///   schema cannot be changed
  public DatabaseService.Versions migrate(boolean contracts) {
    Optional<State> found = read();
    found.ifPresent(this::requireProgram);
    expand(found.isEmpty());
    if (contracts) {
      retireOlderPrograms();
      change(MigrationVersion.LATEST);
    }
    State now = current();
    return new DatabaseService.Versions(now.version(), now.oldestProgram(), program.number());
  }

  /// Refuses all older programs from now on, unless a node of one lives. A node that slept finds no
  /// row of its own, reads the oldest program and ends; its commits fail by the same number.
  private void retireOlderPrograms() {
    TransactionOutcome<List<String>> outcome =
        connections.write(
            Batch.Durability.SYNCED,
            connection -> {
              long _ = connection.find(LOCK, row -> row.getLong(1)).orElse(0L);
              List<String> live =
                  connection.list(
                      OLDER,
                      row -> "%s (generation %d)".formatted(row.getString(1), row.getInt(2)),
                      program.number());
              if (live.isEmpty()) {
                int _ =
                    connection.update(
                        "DELETE FROM lazaret.node WHERE program < ?", program.number());
                int _ =
                    connection.update(
                        "UPDATE lazaret.schema_state SET oldest_program = ?"
                            + " WHERE oldest_program < ?",
                        program.number(),
                        program.number());
              }
              return live;
            });
    List<String> live =
        switch (outcome) {
          case TransactionOutcome.Committed<List<String>>(var value) -> value;
          case TransactionOutcome.Unknown<List<String>>(_, var why) ->
              throw new StoreException(
                  ErrorCode.STORE_UNAVAILABLE,
                  "cannot change the schema of the store in PostgreSQL: %s; try again"
                      .formatted(why),
                  null);
        };
    if (!live.isEmpty()) {
      throw new StoreException(
          ErrorCode.STORE_UNUSABLE,
          "cannot change the schema of the store in PostgreSQL: expected no node of a program older than generation %d, found %s; upgrade them, and wait for ten times 'cluster.max-staleness', ten seconds at least, if one was killed"
              .formatted(program.number(), String.join(", ", live)),
          null);
    }
  }

  private Optional<State> read() {
    return connections.read(
        connection -> {
          boolean exists =
              connection
                  .find(
                      "SELECT to_regclass('lazaret.schema_state') IS NOT NULL",
                      row -> row.getBoolean(1))
                  .orElse(false);
          return exists
              ? connection.find(
                  "SELECT version, oldest_program FROM lazaret.schema_state",
                  row -> new State(row.getInt(1), row.getInt(2)))
              : Optional.<State>empty();
        });
  }

  /// Runs the migrations before the first one that ends the work of older programs. Nodes that
  /// start at the same time take turns by a lock of the library.
  ///
  /// @param fresh whether there is no schema; all migrations are run then
  private void expand(boolean fresh) {
    try {
      change(fresh ? MigrationVersion.LATEST : lastExpansion(configuration().load()));
    } catch (FlywayException e) {
      throw unusable("its schema cannot be changed: " + firstLine(e), e);
    }
  }

  private void change(MigrationVersion target) {
    for (int attempt = 1; ; attempt++) {
      try {
        var _ = configuration().target(target).load().migrate();
        return;
      } catch (FlywayException e) {
        boolean waits = isLocked(e);
        if (!waits || attempt == ATTEMPTS || !pause()) {
          throw unusable(
              "its schema cannot be changed: "
                  + firstLine(e)
                  + (waits
                      ? "; wait for the end of backups and other long work, and try again"
                      : ""),
              e);
        }
      }
    }
  }

  /// Returns whether a migration waited too long for a lock, as `beforeEachMigrate.sql` limits it.
  private static boolean isLocked(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException e && "55P03".equals(e.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason is given");
  }

  private FluentConfiguration configuration() {
    return Flyway.configure(SchemaVersions.class.getClassLoader())
        .dataSource(connections.unpooled())
        .locations(MIGRATIONS)
        .defaultSchema(SCHEMA)
        .createSchemas(true)
        .table("schema_history")
        .placeholderReplacement(false);
  }

  private static MigrationVersion lastExpansion(Flyway flyway) {
    MigrationVersion last = MigrationVersion.EMPTY;
    for (MigrationInfo each : flyway.info().all()) {
      boolean waits = !each.getState().isApplied();
      if (waits && each.getDescription().startsWith(CONTRACT)) {
        return last;
      }
      if (each.getVersion() != null) {
        last = each.getVersion();
      }
    }
    return last;
  }

  private static StoreException unusable(String why, @Nullable Throwable cause) {
    return new StoreException(
        ErrorCode.STORE_UNUSABLE, "cannot open the store in PostgreSQL: " + why, cause);
  }
}
