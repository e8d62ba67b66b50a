// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/parameterlist.h"

#include "models/core/json.h"
#include "views/common/controls.h"
#include "views/common/format.h"
#include "views/runs/logtext.h"

#include <QPainter>
#include <QVBoxLayout>

namespace fd {

namespace {

/// More rows than this help nobody; Copy takes all.
constexpr qsizetype kMostRows = 100;
constexpr qsizetype kMostLetters = 500;
constexpr int kLeastWidth = 160;

int nameWidth() { return metrics::forText(104); }

QString shownValue(const Json &value) { return logtext::oneLine(QString::fromUtf8(toJsonText(value)), kMostLetters); }

/// One parameter, painted: name, value, and the default below when it differs.
class ParameterRow : public QWidget
{
public:
    ParameterRow(const RunParameter &parameter, QWidget *parent) : QWidget(parent), m_parameter(parameter)
    {
        QString spoken = tr("%1: %2", "parameter, value").arg(parameter.name, parameter.value);
        if (parameter.changed)
            spoken += QStringLiteral(", ") + remark();
        setAccessibleName(spoken);
        setToolTip(plainToolTip(spoken));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int first = QFontMetrics(roleFont(TextRole::Mono)).height();
        const int second = m_parameter.changed ? QFontMetrics(roleFont(TextRole::Small)).height() : 0;
        return {kLeastWidth, std::max(metrics::kDenseButton, first + second + metrics::kGap)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        if (m_parameter.changed)
            painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, metrics::kCurrentBar, height())),
                theme.accent);
        QFont mono = roleFont(TextRole::Mono);
        mono.setBold(m_parameter.changed);
        const int line = QFontMetrics(mono).height();
        const int small = m_parameter.changed ? QFontMetrics(roleFont(TextRole::Small)).height() : 0;
        const int top = (height() - line - small) / 2;
        const int name = std::min(nameWidth(), (width() - 2 * metrics::kInset) * 2 / 5);
        const int valueLeft = metrics::kInset + name + metrics::kGap;
        const int valueWidth = width() - valueLeft - metrics::kInset;
        draw(painter, mono, theme.text2, {metrics::kInset, top, name, line}, m_parameter.name, Qt::ElideMiddle);
        draw(painter, mono, theme.text, {valueLeft, top, valueWidth, line}, m_parameter.value, Qt::ElideRight);
        if (m_parameter.changed)
            draw(painter, roleFont(TextRole::Small), theme.text3, {valueLeft, top + line, valueWidth, small}, remark(),
                Qt::ElideRight);
    }

private:
    void draw(QPainter &painter, const QFont &font, const QColor &color, const QRect &place, const QString &text,
        Qt::TextElideMode elide) const
    {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), place),
            static_cast<int>(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, elide, place.width()));
    }

    [[nodiscard]] QString remark() const
    {
        return m_parameter.defaultValue.isEmpty() ? ParameterList::tr("not set by the deployment")
                                                  : ParameterList::tr("default %1").arg(m_parameter.defaultValue);
    }

    RunParameter m_parameter;
};

} // namespace

QList<RunParameter> runParameters(const QByteArray &parameters, const QByteArray &defaults)
{
    QList<RunParameter> list;
    const Result<Json> values = parseJson(parameters);
    const Result<Json> base = parseJson(defaults);
    if (!values || !values->is_object())
        return list;
    const bool comparable = base && base->is_object();
    for (const auto &[key, value] : values->items()) {
        RunParameter parameter{.name = logtext::oneLine(toQString(key), kMostLetters),
            .value = shownValue(value),
            .defaultValue = {},
            .changed = false};
        if (comparable) {
            const auto set = base->find(key);
            if (set != base->end())
                parameter.defaultValue = shownValue(*set);
            parameter.changed = set == base->end() || *set != value;
        }
        list.append(parameter);
    }
    return list;
}

ParameterList::ParameterList(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void ParameterList::setParameters(const QList<RunParameter> &parameters)
{
    if (parameters == m_parameters && m_layout->count() > 0)
        return;
    m_parameters = parameters;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const RunParameter &parameter : parameters.first(std::min(kMostRows, parameters.size())))
        m_layout->addWidget(new ParameterRow(parameter, this));
    QString remark;
    if (parameters.isEmpty())
        remark = tr("This run takes no parameters.");
    else if (parameters.size() > kMostRows)
        remark = tr("%1 more").arg(format::count(parameters.size() - kMostRows));
    if (remark.isEmpty())
        return;
    auto *label = new TextLabel(remark, TextRole::Quiet, Tone::Text3, this);
    label->setContentsMargins(metrics::kInset, metrics::kStep, metrics::kInset, metrics::kStep);
    m_layout->addWidget(label);
}

} // namespace fd
