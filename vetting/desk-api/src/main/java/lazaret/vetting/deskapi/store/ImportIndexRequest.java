package lazaret.vetting.deskapi.store;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;

/// An order to import an index file of another mirror.
///
/// @param name the crate
/// @param file the index file
public record ImportIndexRequest(@InPath CrateName name, @InBody Bytes file) {}
