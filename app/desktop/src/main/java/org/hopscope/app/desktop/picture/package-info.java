/** The picture of a lab as a file, or on paper: drawn by what draws the screen. */
package org.hopscope.app.desktop.picture;
