@NullMarked
package lazaret.site.store;

import org.jspecify.annotations.NullMarked;
