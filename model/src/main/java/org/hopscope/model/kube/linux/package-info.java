/**
 * What becomes of a cluster on its nodes: hosts, cables, bridges, namespaces, routes and rules, each with the reason it is
 * there. What has to be done is said in edits, so everything that is made here could be made by hand.
 */
package org.hopscope.model.kube.linux;
