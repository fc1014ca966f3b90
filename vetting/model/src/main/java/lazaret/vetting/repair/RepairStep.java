package lazaret.vetting.repair;

import java.util.List;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateVersion;

/// One step that brings a lockfile closer to passing. The order of steps matters.
public sealed interface RepairStep {
  /// Returns the withheld packages that the step is for, each as `NAME@VERSION`.
  List<String> repairs();

  /// Returns the step as a command or a sentence.
  String text();

  /// Returns the word for the kind of step in JSON.
  String kind();

  /// Returns this step for further packages as well.
  default RepairStep alsoFor(List<String> more) {
    List<String> all = Stream.concat(repairs().stream(), more.stream()).distinct().toList();
    return switch (this) {
      case UpdateAll _ -> new UpdateAll(all);
      case Move move -> new Move(all, move.name(), move.from(), move.to());
      case Require require ->
          new Require(all, require.packageName(), require.name(), require.version());
      case None none -> new None(all, none.why());
    };
  }

  /// The new resolution of the whole lockfile. The index offers only versions that pass.
  record UpdateAll(List<String> repairs) implements RepairStep {
    /// Copies the list.
    public UpdateAll {
      repairs = List.copyOf(repairs);
    }

    @Override
    public String text() {
      return "cargo update";
    }

    @Override
    public String kind() {
      return "update";
    }
  }

  /// The move of one package to another version.
  record Move(List<String> repairs, String name, CrateVersion from, CrateVersion to)
      implements RepairStep {
    /// Copies the list.
    public Move {
      repairs = List.copyOf(repairs);
    }

    /// Returns whether the package moves to a lower version, which is only a temporary repair.
    public boolean lower() {
      return to.compareTo(from) < 0;
    }

    @Override
    public String text() {
      return "cargo update -p " + name + "@" + from + " --precise " + to;
    }

    @Override
    public String kind() {
      return lower() ? "lower" : "precise";
    }
  }

  /// The change of a requirement in a manifest of the workspace. The next cargo command resolves
  /// it.
  ///
  /// @param repairs the withheld packages for which it is
  /// @param packageName the package of the manifest
  /// @param name the crate of the requirement
  /// @param version the version to require
  record Require(List<String> repairs, String packageName, String name, CrateVersion version)
      implements RepairStep {
    /// Copies the list.
    public Require {
      repairs = List.copyOf(repairs);
    }

    @Override
    public String text() {
      return "require "
          + name
          + " = \""
          + version.withoutBuild()
          + "\" in the Cargo.toml of "
          + packageName;
    }

    @Override
    public String kind() {
      return "manifest";
    }
  }

  /// The statement that no step for cargo is known.
  ///
  /// @param repairs the withheld packages for which it is
  /// @param why the reason in one clause for a person
  record None(List<String> repairs, String why) implements RepairStep {
    /// Copies the list.
    public None {
      repairs = List.copyOf(repairs);
    }

    @Override
    public String text() {
      return why;
    }

    @Override
    public String kind() {
      return "none";
    }
  }
}
