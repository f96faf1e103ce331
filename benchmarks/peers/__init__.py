"""The peers' sides: scripts run by the peers' environment; none imports Steepest."""
