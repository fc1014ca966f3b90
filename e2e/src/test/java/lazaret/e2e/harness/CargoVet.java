package lazaret.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The real cargo-vet in a project that uses the gate.
///
/// All its requests to the public registry may fail here. It makes them only for suggestions, and
/// for the publishers that wildcard audits name.
///
/// @param cargo the cargo that runs it
/// @param project the project whose dependencies it audits
public record CargoVet(Cargo cargo, CargoProjectFolder project) {
  /// Installs the tool of the shared data for a cargo, or skips the test if there is none.
  public static CargoVet in(Cargo cargo, CargoProjectFolder project) {
    SharedTool.install(cargo, "cargo-vet");
    return new CargoVet(cargo, project);
  }

  /// Writes a store without audits into the project.
  ///
  /// @param config the content of `config.toml` after the version of its form
  public CargoVet store(String config) {
    write("config.toml", "\n# cargo-vet config file\n\n[cargo-vet]\nversion = \"0.10\"\n" + config);
    write("audits.toml", "\n# cargo-vet audits file\n\n[audits]\n");
    write("imports.lock", "\n# cargo-vet imports lock\n");
    return this;
  }

  /// Writes a file of the store.
  public void write(String file, String text) {
    try {
      Files.createDirectories(folder());
      Files.writeString(folder().resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /// Reads a file of the store.
  public String read(String file) {
    try {
      return Files.readString(folder().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Returns the folder of the store.
  public Path folder() {
    return project.folder().resolve("supply-chain");
  }

  /// Runs cargo-vet.
  public ProgramResult run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "vet";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--cache-dir";
    all[arguments.length + 2] = cargo.home().resolve("vet-cache").toString();
    return cargo.run(project.folder(), all);
  }
}
