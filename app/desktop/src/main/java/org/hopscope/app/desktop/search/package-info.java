/** The search box: finds actions, lessons and things by name. */
package org.hopscope.app.desktop.search;
