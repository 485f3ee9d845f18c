"""Agenda, appointments, tasks, applications."""
