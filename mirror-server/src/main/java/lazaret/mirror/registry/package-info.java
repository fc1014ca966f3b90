/// The handlers for cargo: index, downloads, snapshots, web API.
@NullMarked
package lazaret.mirror.registry;

import org.jspecify.annotations.NullMarked;
