package lazaret.site;

import java.util.List;
import java.util.function.Consumer;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.origin.NameOrigins;

/// The part of a service of bundles that carries files of a site.
public interface SiteBundles {
  /// Gives the files to the service, once, before its first export or import.
  ///
  /// @param files the files of the site
  /// @param collections what bundles carry of collections in addition to their files
  /// @param names the names of the gate
  void use(SiteFileService files, List<BundledCollection> collections, Names names);

  /// The names of a gate.
  ///
  /// @param origins the origins of names
  /// @param added receives each name that a bundle makes private, before that is in force
  record Names(NameOrigins origins, Consumer<CrateName> added) {
    /// The names of a gate whose names are all public.
    public static final Names ALL_PUBLIC = new Names(NameOrigins.ALL_PUBLIC, _ -> {});
  }
}
