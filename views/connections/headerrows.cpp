// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/connections/headerrows.h"

#include "views/common/controls.h"
#include "views/connections/formparts.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace fd {

HeaderRows::HeaderRows(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::kStep);
    QPushButton *add = linkButton(tr("Add a header"));
    add->setObjectName(QStringLiteral("add-header"));
    m_column->addWidget(add, 0, Qt::AlignLeft);
    setFocusProxy(add);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_rows.last().name->setFocus();
        emit edited();
    });
}

void HeaderRows::setHeaders(const Headers &headers)
{
    for (const Row &row : std::as_const(m_rows))
        delete row.widget;
    m_rows.clear();
    for (const auto &header : headers)
        addRow(header.first);
}

void HeaderRows::addRow(const QByteArray &name)
{
    Row row{.widget = new QWidget(this),
        .name = lineField(QStringLiteral("header-name")),
        .value = lineField(QStringLiteral("header-value"), true)};
    row.name->setText(QString::fromUtf8(name));
    row.name->setPlaceholderText(tr("Name"));
    row.name->setAccessibleName(tr("Header name"));
    row.value->setPlaceholderText(name.isEmpty() ? tr("Value") : tr("kept"));
    row.value->setAccessibleName(tr("Header value"));
    QToolButton *remove = iconButton(QStringLiteral("edit-delete"), tr("Remove this header"));
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kStep);
    line->addWidget(row.name, 1);
    line->addWidget(row.value, 1);
    line->addWidget(remove);
    m_column->insertWidget(static_cast<int>(m_rows.size()), row.widget);
    m_rows.append(row);
    for (QLineEdit *field : {row.name, row.value})
        connect(field, &QLineEdit::textEdited, this, &HeaderRows::edited);
    connect(remove, &QToolButton::clicked, this, [this, widget = row.widget] {
        m_rows.removeIf([widget](const Row &candidate) { return candidate.widget == widget; });
        widget->hide();
        widget->deleteLater();
        emit edited();
    });
}

HeaderRows::Headers HeaderRows::headers(const Headers &known) const
{
    Headers headers;
    for (const Row &row : m_rows) {
        const QByteArray name = row.name->text().trimmed().toUtf8();
        if (name.isEmpty())
            continue;
        Secret value(row.value->text().toUtf8());
        const auto same
            = std::find_if(known.begin(), known.end(), [&name](const auto &header) { return header.first == name; });
        if (value.isEmpty() && same != known.end())
            value = same->second;
        headers.append({name, value});
    }
    return headers;
}

} // namespace fd
