/// The port to engines of a store that several servers share, which are optional plug-ins.
@NullMarked
package lazaret.storage.provider;

import org.jspecify.annotations.NullMarked;
